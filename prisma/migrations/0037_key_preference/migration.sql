-- The keys each person gave to verbs of the console. The newest row of a person counts; rows are added, never edited.
CREATE TABLE "console"."key_preference" (
    "id" BIGSERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "bindings" JSONB NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "key_preference_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "key_preference_is_a_list" CHECK (jsonb_typeof(bindings) = 'array')
);

CREATE INDEX "key_preference_user_id_id_idx" ON "console"."key_preference"("user_id", "id");

CREATE TRIGGER key_preference_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.key_preference
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
ALTER TABLE console.key_preference ENABLE ALWAYS TRIGGER key_preference_only_grows;

SELECT console.bind_rows('key_preference');
