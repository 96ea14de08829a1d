const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
export const FRAME_MS = 80;

/** What turns while something goes on, at its nth step. */
export const frameAt = (step: number): string => FRAMES[step % FRAMES.length]!;
