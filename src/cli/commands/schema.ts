import { Failure } from '../../failure.ts';
import { examples, purposes } from '../help.ts';
import { jsonText } from '../output.ts';
import type { AddCommands } from '../program.ts';

export const addSchema: AddCommands = (program, { outside }) => {
  program
    .command('schema')
    .helpGroup(purposes.set)
    .summary('the JSON Schema of what --json prints')
    .description('Print the JSON Schema of an answer of --json; without a name, the names there are.')
    .argument('[name]', 'a schema, like holdings/1 or holdings')
    .addHelpText('after', examples('asxos schema', 'asxos schema holdings', 'asxos schema holdings/1 > holdings.json'))
    .action(async (name: string | undefined) => {
      const { jsonSchemaOf, schemaNames } = await import('../schemas.ts');
      if (name === undefined) {
        outside.streams.out(`${schemaNames.join('\n')}\n`);
        return;
      }
      const wanted = name.replace(/^asxos\//, '');
      const found = schemaNames.find(each => each === wanted || each.replace(/\/\d+$/, '') === wanted);
      if (found === undefined) {
        throw new Failure('invalid-input', `There is no schema "${name}"`, {
          hint: `The schemas are ${schemaNames.join(', ')}.`,
        });
      }
      outside.streams.out(`${jsonText(jsonSchemaOf(found), 2)}\n`);
    });
};
