CREATE TABLE `alert_preferences` (
	`type` text PRIMARY KEY NOT NULL,
	`enabled` integer NOT NULL,
	`settings` text NOT NULL,
	CONSTRAINT "alert_preferences_enabled" CHECK("alert_preferences"."enabled" IN (0, 1))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dividends` (
	`code` text NOT NULL,
	`ex_date` text NOT NULL,
	`ordinal` integer NOT NULL,
	`paid_on` text,
	`record_date` text,
	`declared_on` text,
	`per_unit` text NOT NULL,
	`adjusted_per_unit` text,
	`currency` text NOT NULL,
	`franked_pct` text,
	`fetched_at` integer NOT NULL,
	PRIMARY KEY(`code`, `ex_date`, `ordinal`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `entries` (
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`portfolio_id` text NOT NULL,
	`kind` text NOT NULL,
	`code` text,
	`on_date` text NOT NULL,
	`sequence` integer,
	`units` text,
	`price` text,
	`brokerage` text,
	`amount` text,
	`details` text,
	`note` text,
	`batch_id` text,
	`source_key` text,
	`recorded_at` integer NOT NULL,
	`superseded_at` integer,
	`deleted` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`id`, `version`),
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "entries_deleted" CHECK("entries"."deleted" IN (0, 1)),
	CONSTRAINT "entries_decimals" CHECK(coalesce(units, '') || coalesce(price, '') || coalesce(brokerage, '') || coalesce(amount, '') NOT GLOB '*[^-.0-9]*')
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `entries_source_key` ON `entries` (`portfolio_id`,`source_key`) WHERE superseded_at IS NULL AND deleted = 0 AND source_key IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `entries_latest` ON `entries` (`id`) WHERE superseded_at IS NULL;--> statement-breakpoint
CREATE INDEX `entries_current` ON `entries` (`portfolio_id`,`on_date`) WHERE superseded_at IS NULL AND deleted = 0;--> statement-breakpoint
CREATE INDEX `entries_batch` ON `entries` (`batch_id`) WHERE batch_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `eodhd_calls` (
	`id` integer PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`at` integer NOT NULL,
	`endpoint` text NOT NULL,
	`cost` integer NOT NULL,
	`status` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `eodhd_calls_day` ON `eodhd_calls` (`day`,`cost`);--> statement-breakpoint
CREATE TABLE `import_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`portfolio_id` text NOT NULL,
	`format` text NOT NULL,
	`file_name` text NOT NULL,
	`imported_at` integer NOT NULL,
	`added` integer NOT NULL,
	`duplicates` integer NOT NULL,
	`rejected` integer NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `import_batches_portfolio` ON `import_batches` (`portfolio_id`);--> statement-breakpoint
CREATE TABLE `job_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`job` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`outcome` text,
	`calls` integer DEFAULT 0 NOT NULL,
	`message` text,
	CONSTRAINT "job_runs_outcome" CHECK("job_runs"."outcome" IN ('done', 'partly', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `job_runs_job` ON `job_runs` (`job`,`started_at`);--> statement-breakpoint
CREATE TABLE `notifications` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`type` text NOT NULL,
	`priority` text NOT NULL,
	`title` text NOT NULL,
	`message` text NOT NULL,
	`data` text NOT NULL,
	`created_at` integer NOT NULL,
	`read_at` integer,
	`expires_at` integer,
	`event_key` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `notifications_event_key` ON `notifications` (`event_key`);--> statement-breakpoint
CREATE INDEX `notifications_unread` ON `notifications` (`created_at`) WHERE read_at IS NULL;--> statement-breakpoint
CREATE TABLE `owners` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text COLLATE NOCASE NOT NULL,
	`taxpayer` text NOT NULL,
	CONSTRAINT "owners_taxpayer" CHECK("owners"."taxpayer" IN ('individual', 'smsf', 'company', 'trust'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `owners_name` ON `owners` (`name`);--> statement-breakpoint
CREATE TABLE `portfolio_owners` (
	`portfolio_id` text NOT NULL,
	`owner_id` text NOT NULL,
	`pct` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`portfolio_id`, `owner_id`),
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_id`) REFERENCES `owners`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `portfolio_owners_owner` ON `portfolio_owners` (`owner_id`);--> statement-breakpoint
CREATE TABLE `portfolios` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text COLLATE NOCASE NOT NULL,
	`cash_account` integer NOT NULL,
	`method` text NOT NULL,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	CONSTRAINT "portfolios_cash_account" CHECK("portfolios"."cash_account" IN (0, 1))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `portfolios_name` ON `portfolios` (`name`);--> statement-breakpoint
CREATE TABLE `price_histories` (
	`code` text PRIMARY KEY NOT NULL,
	`first_date` text NOT NULL,
	`last_date` text NOT NULL,
	`fetched_at` integer NOT NULL,
	`full_fetched_at` integer,
	`source` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `prices` (
	`code` text NOT NULL,
	`date` text NOT NULL,
	`open` text NOT NULL,
	`high` text NOT NULL,
	`low` text NOT NULL,
	`close` text NOT NULL,
	`adjusted_close` text NOT NULL,
	`volume` text NOT NULL,
	PRIMARY KEY(`code`, `date`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `quotes` (
	`code` text PRIMARY KEY NOT NULL,
	`at` integer,
	`price` text,
	`open` text,
	`high` text,
	`low` text,
	`volume` text,
	`previous_close` text,
	`fetched_at` integer NOT NULL,
	`source` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `securities` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`isin` text,
	`sector` text,
	`currency` text,
	`listed` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "securities_listed" CHECK("securities"."listed" IN (0, 1))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `securities_isin` ON `securities` (`isin`) WHERE isin IS NOT NULL;--> statement-breakpoint
CREATE TABLE `security_aliases` (
	`old_code` text NOT NULL,
	`new_code` text NOT NULL,
	`changed_on` text NOT NULL,
	PRIMARY KEY(`old_code`, `changed_on`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `splits` (
	`code` text NOT NULL,
	`date` text NOT NULL,
	`new_units` text NOT NULL,
	`old_units` text NOT NULL,
	`fetched_at` integer NOT NULL,
	PRIMARY KEY(`code`, `date`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `suspect_prices` (
	`code` text NOT NULL,
	`date` text NOT NULL,
	`close` text NOT NULL,
	`reason` text NOT NULL,
	`released_at` integer,
	PRIMARY KEY(`code`, `date`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `watchlist` (
	`code` text PRIMARY KEY NOT NULL,
	`position` integer NOT NULL,
	`note` text,
	`added_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
