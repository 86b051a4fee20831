-- What the coordinates of a verification API count, where a manager said so. The newest row of the configured address counts; without one each
-- picture decides.
CREATE TABLE "console"."coordinate_setting" (
    "id" BIGSERIAL NOT NULL,
    -- Of the API it was said of: another one is asked anew.
    "address" TEXT NOT NULL,
    "setting" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "coordinate_setting_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "coordinate_setting_is_known" CHECK (setting IN ('shown', 'stored', 'per-picture'))
);
CREATE INDEX "coordinate_setting_address_id_idx" ON "console"."coordinate_setting"("address", "id");

CREATE TRIGGER coordinate_setting_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON console.coordinate_setting
  FOR EACH STATEMENT EXECUTE FUNCTION console.refuse_change();
ALTER TABLE console.coordinate_setting ENABLE ALWAYS TRIGGER coordinate_setting_only_grows;

SELECT console.bind_rows('coordinate_setting');

-- What the pictures of the first records of an address say about it. Worked out from files, so it can be worked out anew.
CREATE TABLE "console"."coordinate_survey" (
    "address" TEXT NOT NULL,
    "records" INTEGER NOT NULL,
    "pictures" INTEGER NOT NULL,
    "turned" INTEGER NOT NULL,
    "shown" INTEGER NOT NULL,
    "stored" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "coordinate_survey_pkey" PRIMARY KEY ("address")
);
