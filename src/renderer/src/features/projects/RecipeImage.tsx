import type { ReactNode } from 'react'
import type { RecipeId } from '../../../../shared/domain'
import classes from './Recipes.module.css'

/** A frame with hills and a sun, which represents a photograph in the drawings. */
const Photo = ({ x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }) => (
  <g transform={`translate(${x} ${y})`}>
    <rect className={classes.sheet} width={width} height={height} rx={2} />
    <path
      className={classes.soft}
      d={`M1 ${height - 1}L${width * 0.36} ${height * 0.45}L${width * 0.6} ${height * 0.76}L${width * 0.75} ${height * 0.6}L${width - 1} ${height - 1}Z`}
    />
    <circle className={classes.soft} cx={width * 0.72} cy={height * 0.3} r={Math.min(width, height) * 0.11} />
  </g>
)

const Lines = ({ x, y, widths }: { readonly x: number; readonly y: number; readonly widths: readonly number[] }) =>
  widths.map((width, index) => <path key={index} className={classes.line} d={`M${x} ${y + index * 6}h${width}`} />)

const drawings: Readonly<Record<RecipeId, ReactNode>> = {
  // one image, its box and its captions
  la: (
    <>
      <Photo x={6} y={6} width={46} height={36} />
      <rect className={classes.mark} x={25} y={13} width={20} height={18} rx={1} />
      <Lines x={60} y={14} widths={[22, 28, 16, 24]} />
    </>
  ),
  // two images that resemble each other
  cgd: (
    <>
      <Photo x={6} y={10} width={38} height={28} />
      <Photo x={52} y={10} width={38} height={28} />
      <path className={classes.stroke} d="M44 20h8M44 28h8" />
    </>
  ),
  // two views of one place; a car is missing in the second
  sd: (
    <>
      {[6, 51].map((x) => (
        <g key={x}>
          <rect className={classes.sheet} x={x} y={8} width={39} height={32} rx={2} />
          <path className={classes.line} d={`M${x + 13} 10v28M${x + 26} 10v28`} />
          <rect className={classes.soft} x={x + 3} y={15} width={7} height={14} rx={2} />
          <rect className={classes.soft} x={x + 29} y={19} width={7} height={14} rx={2} />
        </g>
      ))}
      <rect className={classes.accent} x={22} y={17} width={7} height={14} rx={2} />
      <circle className={classes.mark} cx={70.5} cy={24} r={9} strokeDasharray="3 2.5" />
    </>
  ),
  // an album in its order, with a line of story below each image
  vst: (
    <>
      {[4, 27, 50, 73].map((x) => (
        <g key={x}>
          <Photo x={x} y={8} width={19} height={19} />
          <Lines x={x} y={33} widths={[19, 12]} />
        </g>
      ))}
    </>
  ),
  // a video and its timed sentences, which overlap
  dc: (
    <>
      <rect className={classes.sheet} x={28} y={4} width={40} height={23} rx={2} />
      <path className={classes.accent} d="M44 10v11l9-5.5z" />
      <path className={classes.line} d="M6 32h84" />
      <path className={classes.stroke} d="M8 37h26M42 37h42" />
      <path className={classes.strokeAccent} d="M22 43h36" />
    </>
  ),
  // a television with a subtitle
  tvc: (
    <>
      <path className={classes.stroke} d="M38 3l10 8l10-8" />
      <rect className={classes.sheet} x={18} y={11} width={60} height={32} rx={4} />
      <circle className={classes.soft} cx={38} cy={21} r={5} />
      <circle className={classes.soft} cx={58} cy={21} r={5} />
      <path className={classes.soft} d="M29 34a9 7 0 0 1 18 0zM49 34a9 7 0 0 1 18 0z" />
      <path className={classes.strokeAccent} d="M32 38h32" />
    </>
  ),
  // a room in perspective: walls, a window, a sofa
  sn: (
    <>
      <rect className={classes.sheet} x={8} y={4} width={80} height={40} rx={2} />
      <path className={classes.line} d="M8 4l20 9h40l20-9M8 44l20-11h40l20 11M28 13v20M68 13v20" />
      <rect className={classes.mark} x={54} y={16} width={10} height={9} />
      <path className={classes.soft} d="M32 30v-5h18v5h3v6h-24v-6z" />
    </>
  ),
  // two hands at work, in the view of a worn camera
  e4d: (
    <>
      <path className={classes.sheet} d="M12 8h72a4 4 0 0 1 4 4v24a4 4 0 0 1-4 4h-72a4 4 0 0 1-4-4v-24a4 4 0 0 1 4-4z" />
      <circle className={classes.mark} cx={48} cy={22} r={8} />
      <path className={classes.soft} d="M18 40l8-14q3-4 7-1l6 5q2 3-1 4l-5-1l-3 7zM78 40l-8-14q-3-4-7-1l-6 5q-2 3 1 4l5-1l3 7z" />
      <circle className={classes.accent} cx={80} cy={14} r={2.5} />
    </>
  ),
  // an empty form
  custom: (
    <>
      <rect className={classes.sheet} x={24} y={4} width={48} height={40} rx={2} />
      {[10, 20, 30].map((y) => (
        <rect key={y} className={classes.line} x={30} y={y} width={36} height={6} rx={1} strokeDasharray="3 2" />
      ))}
      <path className={classes.strokeAccent} d="M80 18v12M74 24h12" />
    </>
  ),
}

/** A small drawing of the items of a recipe. Hidden from screen readers, since the text next to it describes the recipe. */
export const RecipeImage = ({ recipe }: { readonly recipe: RecipeId }) => (
  <svg className={classes.image} viewBox="0 0 96 48" aria-hidden>
    {drawings[recipe]}
  </svg>
)
