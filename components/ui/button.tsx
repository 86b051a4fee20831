// Apart, because pages made by the server take the look alone.

export { buttonClass } from './button-class';
export { Button, type ButtonProps } from './button-view';
