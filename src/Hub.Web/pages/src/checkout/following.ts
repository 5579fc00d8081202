import { cameTooLate } from './late.ts';
import type { Journey } from './use-journey.ts';

/**
 * Takes a step that another tab or channel may have taken already. Then the page follows what happened there instead of showing an error.
 * @returns what the step gave; null where it had been taken elsewhere
 */
export async function following<T>(journey: Journey, step: () => Promise<T>): Promise<T | null> {
  try {
    return await step();
  } catch (error) {
    if (!cameTooLate(error)) throw error;
    journey.reload();
    return null;
  }
}
