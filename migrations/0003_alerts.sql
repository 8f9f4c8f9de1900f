CREATE TABLE `alert_firings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`alert_id` integer NOT NULL,
	`rule` text NOT NULL,
	`code` text NOT NULL,
	`at` integer NOT NULL,
	`value` text,
	`message` text NOT NULL,
	`notification_id` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `alert_firings_at` ON `alert_firings` (`at`);--> statement-breakpoint
CREATE INDEX `alert_firings_alert` ON `alert_firings` (`alert_id`,`at`);--> statement-breakpoint
CREATE TABLE `alert_states` (
	`alert_id` integer NOT NULL,
	`code` text NOT NULL,
	`armed` integer NOT NULL,
	`value` text,
	`fired_at` integer,
	`event_key` text,
	PRIMARY KEY(`alert_id`, `code`),
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "alert_states_armed" CHECK("alert_states"."armed" IN (0, 1))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`rule` text NOT NULL,
	`priority` text NOT NULL,
	`origin` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "alerts_origin" CHECK("alerts"."origin" IN ('user', 'default'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_rule` ON `alerts` (`rule`);--> statement-breakpoint
CREATE TABLE `data_findings` (
	`code` text NOT NULL,
	`kind` text NOT NULL,
	`date` text NOT NULL,
	`detail` text NOT NULL,
	`found_at` integer NOT NULL,
	PRIMARY KEY(`code`, `kind`, `date`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`notification_id` integer NOT NULL,
	`channel` text NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`ended_at` integer,
	`outcome` text,
	`error` text,
	FOREIGN KEY (`notification_id`) REFERENCES `notifications`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "deliveries_channel" CHECK("deliveries"."channel" IN ('desktop', 'command', 'webhook')),
	CONSTRAINT "deliveries_outcome" CHECK("deliveries"."outcome" IN ('sent', 'failed', 'dropped'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `deliveries_waiting` ON `deliveries` (`due_at`) WHERE outcome IS NULL;--> statement-breakpoint
CREATE INDEX `deliveries_notification` ON `deliveries` (`notification_id`);--> statement-breakpoint
CREATE INDEX `notifications_newest` ON `notifications` (`created_at`,`id`,`type`,`priority`,`read_at`,`expires_at`);--> statement-breakpoint
CREATE INDEX `notifications_expiry` ON `notifications` (`expires_at`,`read_at`) WHERE expires_at IS NOT NULL;