/** Puts what is news of a job into the inbox. */
import type { App } from '../../app.ts';
import { jobNews } from '../job-news.ts';
import { notify } from '../notify.ts';

/** True where there was news. */
export function tellOf(
  app: App,
  ...of: Parameters<typeof jobNews> extends [App, ...infer Rest] ? Rest : never
): boolean {
  const news = jobNews(app, ...of);
  if (news !== undefined) notify(app, news);
  return news !== undefined;
}
