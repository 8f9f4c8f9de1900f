/** The theme in use, for everything that draws. */
import { createContext, use } from 'react';
import { chooseTheme, type Theme } from '../theme.ts';

export const ThemeContext = createContext<Theme>(chooseTheme('dark', 'sixteen'));
export const useTheme = (): Theme => use(ThemeContext);
