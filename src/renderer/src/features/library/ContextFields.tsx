import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Context } from '../../../../shared/domain'
import { describeContext } from '../../components/describeContext'
import { formatNumber } from '../../format'
import classes from './Library.module.css'

/** What is known about an item, as text: captions, boxes, then every other field under its own name. */
export function ContextFields({ context }: { readonly context: Context }) {
  const { t } = useTranslation()
  const { captions = [], boxes = [] } = context
  const others = describeContext(context, t)
  return (
    <>
      {captions.length > 0 && (
        <section>
          <Title order={3}>{t('library.captions')}</Title>
          <ul className={classes.captions}>
            {captions.map((caption, index) => (
              <li key={index} className="verbatim">
                {caption}
              </li>
            ))}
          </ul>
        </section>
      )}
      {boxes.length > 0 && (
        <section>
          <Title order={3}>{t('library.boxes')}</Title>
          <dl className={classes.fields}>
            {boxes.map((box, index) => (
              <div key={index} style={{ display: 'contents' }}>
                <dt className="verbatim">{box.label}</dt>
                <dd className="numbers">
                  {t('library.boxAt', {
                    x: formatNumber(box.x),
                    y: formatNumber(box.y),
                    width: formatNumber(box.width),
                    height: formatNumber(box.height),
                  })}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {others.map(({ name, values }) => (
        <section key={name}>
          <Title order={3} className="verbatim">
            {name}
          </Title>
          <ul className={classes.captions} data-single={values.length === 1}>
            {values.map((value, index) => (
              <li key={index} className="verbatim">
                {value}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
