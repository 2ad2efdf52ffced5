import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Context } from '../../../../shared/domain'
import { formatNumber } from '../../format'
import classes from './Library.module.css'

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))

/** What is known about an item, as text: captions, boxes, then every other field under its own name. */
export function ContextFields({ context }: { readonly context: Context }) {
  const { t } = useTranslation()
  const { captions = [], boxes = [], ...others } = context
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
      {Object.keys(others).length > 0 && (
        <section>
          <Title order={3}>{t('library.otherFields')}</Title>
          <dl className={classes.fields}>
            {Object.entries(others).map(([key, value]) => (
              <div key={key} style={{ display: 'contents' }}>
                <dt className="verbatim">{key}</dt>
                <Text component="dd" className="verbatim">
                  {asText(value)}
                </Text>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  )
}
