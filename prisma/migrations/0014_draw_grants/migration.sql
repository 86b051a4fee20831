-- What a reviewer may draw from, when a manager narrowed it. The newest row of a reviewer counts; without one, or when it is not
-- narrowed, that is the queue of the house, her own views and the shared ones.

CREATE TABLE "console"."draw_grant" (
    "id" BIGSERIAL NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "narrowed" BOOLEAN NOT NULL,
    -- Ids of shared views; 'default' is the queue of the house.
    "view_ids" TEXT[],
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draw_grant_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "draw_grant_reviewer_id_id_idx" ON "console"."draw_grant"("reviewer_id", "id");

CREATE TRIGGER draw_grant_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.draw_grant
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
ALTER TABLE console.draw_grant ENABLE ALWAYS TRIGGER draw_grant_only_grows;
