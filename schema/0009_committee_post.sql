-- The post of the head as it stands under the committee's papers: "Trưởng Ban". Empty: by the committee's name.
ALTER TABLE committee ADD COLUMN head_post TEXT NOT NULL DEFAULT '';
