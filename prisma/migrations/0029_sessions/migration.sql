-- The browser tabs in which the holder of a claim has its case open. Closing one of them gives the claim back only when no
-- other is left; a tab that vanished without a word costs nothing but the wait for the claim to expire.
ALTER TABLE "console"."claim" ADD COLUMN "tabs" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
