// Lessons: the first visit, the list, a goal that is reached, and what is remembered.
import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import { DIST } from '../server.mjs';

const lessons = JSON.parse(readFileSync(path.join(DIST, 'lessons/index.json'), 'utf8'));

/** Opens a lesson, by its number in the list. */
async function openLesson(playground, number) {
  await playground.menu('lesson-menu');
  await playground.handle('lesson-item').nth(number - 1).click();
  await expect(playground.handle('lesson-fold')).toContainText(lessons[number - 1].title);
}

test('the first visit begins with a program and an invitation', async ({ playground, page }) => {
  await playground.open();
  await expect(playground.handle('program-title')).toHaveText('A line through points');
  await expect(playground.handle('invitation')).toBeVisible();
  await playground.handle('first-lesson').click();
  await expect(playground.handle('lesson')).toBeVisible();
  await expect(playground.handle('lesson-menu')).toContainText(`Lesson 1 of ${lessons.length}`);
  await page.reload();
  await expect(playground.handle('lesson-menu')).toContainText('Lesson 1 of');
  await expect(playground.handle('invitation')).toHaveCount(0);
});

test('a goal that is reached is noticed and remembered', async ({ playground, page }) => {
  await playground.open();
  await openLesson(playground, 1);
  await expect(playground.handle('lesson')).toHaveAttribute('data-done', 'false');
  await playground.handle('show-solution').click();
  await expect(playground.handle('lesson')).toHaveAttribute('data-done', 'true');
  await playground.handle('lesson-go-on').click();
  await expect(playground.handle('lesson-menu')).toContainText('Lesson 2 of');
  await page.reload();
  await playground.menu('lesson-menu');
  const done = playground.handle('lesson-item').and(page.locator('[data-done=true]'));
  await expect(done).toHaveCount(1);
});

test('stepping back is a goal, too', async ({ playground }) => {
  await playground.open();
  await openLesson(playground, lessons.findIndex((lesson) => lesson.file === '05-backward') + 1);
  await expect(playground.handle('lesson')).toHaveAttribute('data-done', 'false');
  // The lesson's program has run, not the one before.
  await expect(playground.handle('output')).toContainText('w.grad');
  await playground.handle('step-back').click();
  await expect(playground.handle('lesson')).toHaveAttribute('data-done', 'true');
});

test('a lesson keeps what was written in it, until it is started over', async ({ playground, page }) => {
  await playground.open();
  await openLesson(playground, 3);
  const before = await playground.text();
  await playground.write('print("my own")\n');
  await openLesson(playground, 4);
  await openLesson(playground, 3);
  expect(await playground.text()).toContain('my own');
  await page.reload();
  await expect(playground.handle('lesson-fold')).toContainText(lessons[2].title);
  await playground.handle('start-over').click();
  expect(await playground.text()).toBe(before);
  await expect(playground.handle('start-over')).toBeHidden();
});

test('a lesson folds away, and axe finds nothing in the menus', async ({ playground, page }) => {
  await playground.open();
  await openLesson(playground, 2);
  await playground.handle('lesson-fold').click();
  await expect(page.locator('#lesson-body')).toBeHidden();
  await playground.handle('lesson-fold').click();
  for (const menu of ['program-menu', 'lesson-menu', 'share-menu']) {
    await playground.menu(menu);
    const { violations } = await new AxeBuilder({ page }).include('.program-menu').include('.pane-code').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  }
});
