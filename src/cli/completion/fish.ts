/** The script for fish. It prints proposals with what they are about; fish chooses among them and quotes what it takes. */
import { shellText } from './shell-text.ts';
import type { Source } from './source.ts';
import type { CompletionTree, Named } from './tree.ts';

const literal = (text: string): string => `'${text}'`;
const described = (named: readonly Named[]): string[] =>
  named.map(({ name, about }) => literal(about === '' ? name : `${name}\t${about}`));

const assigned = ({ words, names, paths }: Source): string =>
  [
    ...(words === undefined ? [] : [`set -g __asxos_words ${words.map(literal).join(' ')}`]),
    ...(names === undefined ? [] : [`set -g __asxos_names ${names}`]),
    ...(paths === undefined ? [] : [`set -g __asxos_paths ${paths}`]),
  ].join('; ');

export const fishScript = ({ pages, values }: CompletionTree): string => `# Completion of asxos for fish.

# The commands and options of a command.
function __asxos_page
    set -g __asxos_commands
    set -g __asxos_options
    switch "$argv[1]"
${pages
  .map(
    ({ path, commands, options }) => `        case ${literal(path)}
            set -g __asxos_commands ${described(commands).join(' ')}
            set -g __asxos_options ${described(options).join(' ')}`,
  )
  .join('\n')}
        case '*'
            return 1
    end
end

# What the value at a place can be; 1 where there is no value.
function __asxos_value
    set -g __asxos_words
    set -g __asxos_names
    set -g __asxos_paths
    switch "$argv[1]"
${values.map(({ at, source }) => `        case ${literal(at)}\n            ${source === undefined ? 'true' : assigned(source)}`).join('\n')}
        case '*'
            return 1
    end
end
${engine}`;

const engine = shellText`
# The value, after $argv[1] where an option is joined to it by =; $argv[2] is what is typed of it.
function __asxos_propose_value
    for each in $__asxos_words
        echo $argv[1]$each
    end
    if set -q __asxos_names[1]
        for each in (asxos completion --names $__asxos_names $__asxos_data 2>/dev/null)
            echo $argv[1]$each
        end
    end
    if set -q __asxos_paths[1]
        set -l found
        if test $__asxos_paths = folders
            set found (__fish_complete_directories $argv[2] '')
        else
            set found (__fish_complete_path $argv[2])
        end
        for each in $found
            echo $argv[1]$each
        end
    end
end

function __asxos_complete
    set -g __asxos_data --quiet
    set -l line (commandline -opc)
    set -l typed (commandline -ct)
    set -l at ''
    set -l last ''
    set -l flag ''
    set -l ended ''
    set -l count 0
    for each in $line[2..-1]
        set -l below (string trim -- "$at $each")
        if test -n "$flag"
            if test $flag = --data-dir
                set -a __asxos_data --data-dir (string replace -r '^~' $HOME -- $each)
            end
            set flag ''
        else if test -z "$ended" -a "$each" = --
            set ended 1
        else if test -z "$ended"; and string match -q -- '-?*' $each
            if string match -qr -- '^--(demo$|data-dir=)' $each
                set -a __asxos_data $each
            end
            if __asxos_value "$at=$each"
                set flag $each
            end
        else if test $count -eq 0; and __asxos_page "$below"
            set at $below
        else if test "$each" != help -o -n "$at"
            set count (math $count + 1)
            set last $each
        end
    end
    if test -n "$flag"
        __asxos_value "$at=$flag"; and __asxos_propose_value '' "$typed"
        return
    end
    if test -z "$ended"; and string match -q -- '--*=*' $typed
        set flag (string split -m 1 -f 1 = -- $typed)
        __asxos_value "$at=$flag"; and __asxos_propose_value $flag= (string split -m 1 -f 2 = -- $typed)
        return
    end
    set -l global
    if test -n "$at"
        __asxos_page ''
        set global $__asxos_options
    end
    __asxos_page "$at"
    if test $count -gt 0
        set -g __asxos_commands
    end
    if test -z "$ended"; and string match -q -- '-*' $typed
        printf '%s\n' $__asxos_options $global
        return
    end
    printf '%s\n' $__asxos_commands
    if __asxos_value "$at:"(math $count + 1)":$last"
        __asxos_propose_value '' "$typed"
    else if test -z "$ended"; and not set -q __asxos_commands[1]
        printf '%s\n' $__asxos_options
    end
end

complete -c asxos -f -a '(__asxos_complete)'
`;
