import type { Answers, Input } from '@toolhive-registry/catalog/clients';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Badge } from '../ui/badge.tsx';
import { beginning, Plain, seen } from '../ui/plain.tsx';

/** Optional values are shown with required ones, up to this many. */
const FEW = 4;

/** Inputs for values that a client or manifest needs. They stay on this page: nothing is sent or stored. */
export function AnswersForm({
  inputs,
  answers,
  wrong,
  change,
}: {
  readonly inputs: readonly Input[];
  readonly answers: Answers;
  /** Why answers cannot be used, by their keys. */
  readonly wrong: ReadonlyMap<string, string>;
  readonly change: (answers: Answers) => void;
}): JSX.Element | null {
  if (inputs.length === 0) return null;
  const isShown = ({ required }: Input): boolean => required || inputs.length <= FEW;
  const folded = inputs.filter((input) => !isShown(input));
  return (
    <form class="answers" autocomplete="off" onSubmit={(event) => event.preventDefault()}>
      <p class="soft">What you type stays on this page: it is used in the text below and nowhere else.</p>
      {inputs.filter(isShown).map((input) => (
        <Answer key={input.key} input={input} answers={answers} wrong={wrong.get(input.key)} change={change} />
      ))}
      {folded.length > 0 && (
        <details>
          <summary>{folded.length} optional</summary>
          {folded.map((input) => (
            <Answer key={input.key} input={input} answers={answers} wrong={wrong.get(input.key)} change={change} />
          ))}
        </details>
      )}
    </form>
  );
}

function Answer({
  input,
  answers,
  wrong,
  change,
}: {
  readonly input: Input;
  readonly answers: Answers;
  readonly wrong: string | undefined;
  readonly change: (answers: Answers) => void;
}): JSX.Element {
  const id = useId();
  const { key, label, description, secret, required, choices, default: preset, placeholder } = input;
  const given = Object.hasOwn(answers, key) ? answers[key] : undefined;
  const value = typeof given === 'string' ? given : '';
  const set = (text: string): void => change({ ...answers, [key]: text });
  const hint = preset ?? placeholder;
  return (
    <div class="answer">
      <label for={id}>
        <code>
          <Plain text={label} most={100} />
        </code>{' '}
        {required && <Badge>required</Badge>} {secret && <Badge tone="warn">secret</Badge>}
      </label>
      {choices.length > 0 ? (
        <select
          id={id}
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
          aria-describedby={`${id}-about`}
          aria-invalid={wrong !== undefined}
        >
          <option value="">{preset === undefined ? '' : `default: ${seen(preset)}`}</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {seen(choice)}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          // One-time code keeps password managers from offering to save what is typed.
          autocomplete={secret ? 'one-time-code' : 'off'}
          {...(secret ? ({ type: 'password' } as const) : {})}
          spellcheck={false}
          value={value}
          {...(hint === undefined ? {} : { placeholder: seen(beginning(hint, 100)) })}
          onInput={(event) => set(event.currentTarget.value)}
          aria-describedby={`${id}-about`}
          aria-invalid={wrong !== undefined}
        />
      )}
      <span class="soft" id={`${id}-about`}>
        {wrong !== undefined && (
          <strong class="wrong" role="alert">
            This value is left out. <Plain text={wrong} most={300} />
          </strong>
        )}{' '}
        <Plain text={description} most={300} />
      </span>
    </div>
  );
}
