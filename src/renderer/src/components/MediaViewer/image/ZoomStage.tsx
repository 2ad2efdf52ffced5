import { createContext, memo, useContext, useState, type ReactNode, type Ref } from 'react'
import { TransformComponent, TransformWrapper, type ReactZoomPanPinchRef } from 'react-zoom-pan-pinch'
import classes from '../MediaViewer.module.css'
import { createZoomMotion } from './zoomMotion'

const wheel = { disabled: true }
const doubleClick = { mode: 'toggle', step: 1.5, animationTime: 0 } as const

interface Props {
  readonly transform: Ref<ReactZoomPanPinchRef>
  readonly maxZoom: number
  /** Whether motion is reduced. */
  readonly stillness: boolean
}

const Content = createContext<ReactNode>(null)

/** Container in which images are zoomed and dragged. The library measures on every render, so it renders separately from its content. */
export function ZoomStage({ children, ...props }: Props & { readonly children: ReactNode }) {
  return (
    <Content value={children}>
      <Stage {...props} />
    </Content>
  )
}

const Stage = memo(function Stage({ transform, maxZoom, stillness }: Props) {
  // Lines and labels of boxes keep their size by a CSS variable, without re-rendering.
  const [followZoom] = useState(createZoomMotion)
  const setZoom = ({ instance }: ReactZoomPanPinchRef, state: Parameters<typeof followZoom>[1]) => {
    if (instance.wrapperComponent) followZoom(instance.wrapperComponent, state)
  }
  return (
    <TransformWrapper
      ref={transform}
      minScale={1}
      maxScale={maxZoom}
      wheel={wheel}
      doubleClick={doubleClick}
      velocityAnimation={{ disabled: stillness }}
      onTransform={setZoom}
    >
      <TransformComponent wrapperClass={classes.fill} contentClass={classes.fill}>
        <Shown />
      </TransformComponent>
    </TransformWrapper>
  )
})

const Shown = () => useContext(Content)
