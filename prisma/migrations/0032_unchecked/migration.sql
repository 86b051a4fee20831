-- Which files a verdict was recorded on although they could not be compared with what its reviewer was shown: id, face, or both.
ALTER TABLE "console"."decision" ADD COLUMN "unchecked" TEXT[];
ALTER TABLE "console"."approval" ADD COLUMN "unchecked" TEXT[];
ALTER TABLE "console"."qa_review" ADD COLUMN "unchecked" TEXT[];

SELECT console.bind_rows('decision');
SELECT console.bind_rows('approval');
SELECT console.bind_rows('qa_review');
