/** A choice in the menu of filters. Its list stays inside the menu, which a click elsewhere would close. */
export const filterSelect = { size: 'xs', clearable: true, comboboxProps: { withinPortal: false } } as const
