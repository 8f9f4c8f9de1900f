CREATE TABLE `row_edits` (
	`table_name` text NOT NULL,
	`row_key` text NOT NULL,
	`edited_at` integer NOT NULL,
	PRIMARY KEY(`table_name`, `row_key`)
) STRICT, WITHOUT ROWID;
