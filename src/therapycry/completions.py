"""Completion scripts for four shells: static text made from the table and the handbook, so that completing starts no program."""

from __future__ import annotations

from .records import NamedTuple
from .usage import COMMANDS, NAMES, ROOT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Handbook
    from .usage import Command, Option

_HEAD = "# therapycry completions for {shell}: made by `therapycry completions {shell}`; make it again after an update."


class Choice(NamedTuple):
    """A word that completes, and what it means."""

    word: str
    meaning: str


def script(shell: str, handbook: Handbook) -> str:
    """The script for bash, zsh, fish or pwsh."""
    lines = {"bash": _bash, "zsh": _zsh, "fish": _fish, "pwsh": _pwsh}[shell](handbook)
    return "\n".join((_HEAD.format(shell=shell), *lines)) + "\n"


def _words(command: Command, handbook: Handbook) -> tuple[Choice, ...]:
    """What may stand after the command."""
    if "SLUG" in command.words:
        return tuple(Choice(entry.slug, entry.question) for entry in handbook)
    if command.words == "[REGION]":
        return _regions(handbook)
    if command.name == "help":
        return _commands()
    return tuple(Choice(choice, f"for {choice}") for choice in command.choices)


def _values(option: Option, handbook: Handbook) -> tuple[Choice, ...]:
    """What may stand after the option."""
    if option.value == "TOPIC":
        return tuple(Choice(topic.slug, topic.title) for topic in handbook.topics)
    if option.value == "REGION":
        return _regions(handbook)
    return tuple(Choice(choice, f"{option.key} {choice}") for choice in option.choices)


def _regions(handbook: Handbook) -> tuple[Choice, ...]:
    regions = handbook.safety.get("regions", {})
    return tuple(Choice(code, str(name)) for code, name in regions.items()) if isinstance(regions, dict) else ()


def _commands() -> tuple[Choice, ...]:
    return tuple(Choice(command.name, command.summary) for command in COMMANDS)


def _options(command: Command) -> tuple[Choice, ...]:
    return tuple(Choice(option.name, option.help) for option in command.options)


def _valued() -> tuple[Option, ...]:
    """The options that take a value, each once."""
    return tuple({option.name: option for command in COMMANDS for option in command.options if option.value}.values())


def _quoted(text: str) -> str:
    """One word for a POSIX shell, whatever is in it."""
    return "'" + text.replace("'", "'\\''") + "'"


def _listed(choices: Iterable[Choice], separator: str = "\t") -> str:
    return " ".join(_quoted(f"{choice.word}{separator}{choice.meaning}") for choice in choices)


def _bash(handbook: Handbook) -> Iterable[str]:
    """For bash: the questions stand next to the slugs when they are listed, and only then."""
    yield "_therapycry() {"
    yield "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= word skip= index"
    yield "  local -a choices=() found=()"
    yield "  for ((index = 1; index < COMP_CWORD; index++)); do"
    yield "    word=${COMP_WORDS[index]}"
    yield "    if [[ $skip ]]; then skip=; elif [[ $word == --color ]]; then skip=1"
    yield "    elif [[ $word != -* && $word != = ]]; then command=$word; break; fi"
    yield "  done"
    yield "  if [[ $current == = ]]; then current=; elif [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi"
    yield "  case $before in"
    for option in _valued():
        action = "compopt -o default; return" if option.value == "FOLDER" else f"choices=({_listed(_values(option, handbook))})"
        yield f"  {option.name}) {action} ;;"
    yield "  *) case $command in"
    for name, words, options in _by_command(handbook):
        branches = f"choices=({_listed(options)}); else choices=({_listed(words)})"
        yield f"    {_quoted(name)}) if [[ $current == -* ]]; then {branches}; fi ;;"
    yield "    esac ;;"
    yield "  esac"
    yield '  for word in "${choices[@]}"; do [[ $word == "$current"* ]] && found+=("$word"); done'
    yield "  if ((COMP_TYPE == 63 && ${#found[@]} > 1)); then"
    yield "    COMPREPLY=(\"${found[@]/$'\\t'/  }\")"
    yield "  else"
    yield "    COMPREPLY=(\"${found[@]%%$'\\t'*}\")"
    yield "  fi"
    yield "}"
    yield "complete -F _therapycry therapycry"


def _zsh(handbook: Handbook) -> Iterable[str]:
    """For zsh: works in a file of $fpath as well as through eval."""
    yield "#compdef therapycry"
    yield "_therapycry() {"
    yield "  local command= word skip= index"
    yield "  local -a choices"
    yield "  for ((index = 2; index < CURRENT; index++)); do"
    yield "    word=${words[index]}"
    yield "    if [[ -n $skip ]]; then skip=; elif [[ $word == --color ]]; then skip=1"
    yield "    elif [[ $word != -* ]]; then command=$word; break; fi"
    yield "  done"
    yield "  case ${words[CURRENT-1]} in"
    for option in _valued():
        action = "_files -/; return" if option.value == "FOLDER" else f"choices=({_zsh_listed(_values(option, handbook))})"
        yield f"  {option.name}) {action} ;;"
    yield "  *) case $command in"
    for name, words, options in _by_command(handbook):
        branches = f"choices=({_zsh_listed(options)}); else choices=({_zsh_listed(words)})"
        yield f"    {_quoted(name)}) if [[ ${{words[CURRENT]}} == -* ]]; then {branches}; fi ;;"
    yield "    esac ;;"
    yield "  esac"
    yield "  (( $#choices )) && _describe therapycry choices"
    yield "}"
    yield 'if [[ ${funcstack[1]} == _therapycry ]]; then _therapycry "$@"; else compdef _therapycry therapycry; fi'


def _zsh_listed(choices: Iterable[Choice]) -> str:
    """For `_describe`, which splits at the first colon."""
    return _listed((Choice(choice.word.replace(":", "\\:"), choice.meaning) for choice in choices), ":")


def _fish(handbook: Handbook) -> Iterable[str]:
    yield "complete -c therapycry -f"
    yield f"set -l names {' '.join(NAMES)}"
    yield from _fish_lines("not __fish_seen_subcommand_from $names", _commands(), ROOT.options, handbook)
    for command in COMMANDS:
        when = f"__fish_seen_subcommand_from {command.name}"
        yield from _fish_lines(when, _words(command, handbook), command.options, handbook)


def _fish_lines(when: str, choices: Iterable[Choice], options: Iterable[Option], handbook: Handbook) -> Iterable[str]:
    for choice in choices:
        yield f'complete -c therapycry -n "{when}" -a {_fish_quoted(choice.word)} -d {_fish_quoted(choice.meaning)}'
    for option in options:
        yield _fish_option(when, option, handbook)


def _fish_option(when: str, option: Option, handbook: Handbook) -> str:
    short = " -s h" if option.key == "help" else ""
    values = " ".join(choice.word for choice in _values(option, handbook))
    takes = " -r -F" if option.value == "FOLDER" else f" -x -a {_fish_quoted(values)}" if option.value else ""
    return f'complete -c therapycry -n "{when}" -l {option.name[2:]}{short}{takes} -d {_fish_quoted(option.help)}'


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _pwsh(handbook: Handbook) -> Iterable[str]:
    yield "Register-ArgumentCompleter -Native -CommandName therapycry -ScriptBlock {"
    yield "  param($current, $line, $position)"
    yield "  $before = $line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position }"
    yield "  $words = @($before | ForEach-Object { $_.ToString() })"
    yield "  $before = if ($words.Count) { $words[-1] } else { '' }"
    known = f"Where-Object {{ $_ -in {_pwsh_list(NAMES)} }}"
    yield f"  $command = $words | Select-Object -Skip 1 | {known} | Select-Object -First 1"
    yield from _pwsh_table("$values", ((option.name, _values(option, handbook)) for option in _valued()))
    rows = tuple(_by_command(handbook))
    yield from _pwsh_table("$free", ((name, words) for name, words, _ in rows))
    yield from _pwsh_table("$options", ((name, options) for name, _, options in rows))
    yield "  $choices = if ($values.ContainsKey($before)) { $values[$before] }"
    yield '    elseif ($current -like \'-*\') { $options["$command"] } else { $free["$command"] }'
    yield '  $choices | Where-Object { $_ -like "$current*" } | ForEach-Object {'
    yield "    $word, $meaning = $_ -split [char]9, 2"
    yield "    [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $meaning)"
    yield "  }"
    yield "}"


def _pwsh_table(name: str, rows: Iterable[tuple[str, tuple[Choice, ...]]]) -> Iterable[str]:
    """A table of strings with a tab between word and meaning."""
    yield f"  {name} = @{{"
    for key, choices in rows:
        strings = _pwsh_list(f"{choice.word}\t{choice.meaning}" for choice in choices)
        yield f"    {_pwsh_quoted(key)} = {strings}"
    yield "  }"


def _pwsh_list(words: Iterable[str]) -> str:
    return f"@({', '.join(map(_pwsh_quoted, words))})"


def _pwsh_quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _by_command(handbook: Handbook) -> Iterable[tuple[str, tuple[Choice, ...], tuple[Choice, ...]]]:
    """Each command (first none at all) with its words and its options."""
    yield "", _commands(), _options(ROOT)
    for command in COMMANDS:
        yield command.name, _words(command, handbook), _options(command)
