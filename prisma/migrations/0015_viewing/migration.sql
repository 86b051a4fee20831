-- How each person wants pictures of people shown. The newest row of a person counts; rows are added, never edited.
CREATE TABLE "console"."viewing_preference" (
    "id" BIGSERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "viewing_preference_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "viewing_preference_is_an_object" CHECK (jsonb_typeof(settings) = 'object')
);

CREATE INDEX "viewing_preference_user_id_id_idx" ON "console"."viewing_preference"("user_id", "id");

CREATE TRIGGER viewing_preference_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.viewing_preference
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
ALTER TABLE console.viewing_preference ENABLE ALWAYS TRIGGER viewing_preference_only_grows;
