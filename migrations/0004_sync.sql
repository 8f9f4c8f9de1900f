CREATE TABLE `sync_refused` (
	`id` text NOT NULL,
	`clock` text NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`id`, `clock`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sync_rows` (
	`id` text NOT NULL,
	`clock` text NOT NULL,
	`kind` text NOT NULL,
	`deleted` integer NOT NULL,
	`content` text,
	`shown` text,
	`pushed` integer NOT NULL,
	PRIMARY KEY(`id`, `clock`),
	CONSTRAINT "sync_rows_deleted" CHECK("sync_rows"."deleted" IN (0, 1)),
	CONSTRAINT "sync_rows_pushed" CHECK("sync_rows"."pushed" IN (0, 1))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sync_rows_kind` ON `sync_rows` (`kind`);--> statement-breakpoint
CREATE INDEX `sync_rows_unpushed` ON `sync_rows` (`kind`,`clock`) WHERE pushed = 0;--> statement-breakpoint
CREATE INDEX `sync_rows_waiting` ON `sync_rows` (`kind`) WHERE shown IS NULL;--> statement-breakpoint
CREATE TABLE `sync_state` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT, WITHOUT ROWID;
