"""The command that prints what a shell needs to complete ours; the program itself answers it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

from readinglist.cli.command import Command, one_of
from readinglist.cli.output import write

_BASH: Final = r"""# readinglist completion for bash: eval "$(readinglist completion bash)"
_readinglist() {
    local kind="" word program="${COMP_WORDS[0]/#\~/$HOME}"
    COMPREPLY=()
    while IFS= read -r word; do
        if [[ -z $kind ]]; then kind=$word; else COMPREPLY+=("$word"); fi
    done < <("$program" __complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
    case $kind in
        open) compopt -o nospace 2>/dev/null ;;
        files) compopt -o default -o bashdefault 2>/dev/null ;;
    esac
}
complete -F _readinglist readinglist
"""

_ZSH: Final = r"""#compdef readinglist
# readinglist completion for zsh: eval "$(readinglist completion zsh)" after compinit, or a file
# _readinglist in a folder of $fpath.
_readinglist() {
    local kind line
    local -a values shown space
    while IFS= read -r line; do
        if [[ -z $kind ]]; then kind=$line; continue; fi
        values+=("${line%%$'\t'*}")
        if [[ $line == *$'\t'* ]]; then
            shown+=("${line%%$'\t'*}  -- ${line#*$'\t'}")
        else
            shown+=("$line")
        fi
    done < <("${(Q)words[1]/#\~/$HOME}" __complete words \
        "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
    if [[ $kind == files ]]; then _files; return; fi
    [[ $kind == open ]] && space=(-S '')
    compadd -M 'm:{a-zA-Z}={A-Za-z}' "${space[@]}" -l -d shown -a values
}
if [[ $funcstack[1] == _readinglist ]]; then
    _readinglist "$@"
else
    compdef _readinglist readinglist
fi
"""

_FISH: Final = r"""# readinglist completion for fish: readinglist completion fish | source
function __readinglist_offers
    set -l program (commandline -opc)[1]
    set -l answer ($program __complete words (commandline -opc)[2..] (commandline -ct) 2>/dev/null)
    if test "$answer[1]" = files
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $answer[2..]
    end
end
complete -c readinglist -f -a '(__readinglist_offers)'
"""

_SCRIPTS: Final = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "shell", type=one_of("shell", _SCRIPTS), metavar="SHELL", help=", ".join(_SCRIPTS)
    )


def _completion(options: Namespace) -> int:
    write(_SCRIPTS[options.shell])
    return 0


COMMANDS = {
    "completion": Command(
        _completion,
        _arguments,
        (
            'eval "$(readinglist completion bash)"          in ~/.bashrc',
            'eval "$(readinglist completion zsh)"           in ~/.zshrc, after compinit',
            "readinglist completion fish | source           in ~/.config/fish/config.fish",
        ),
    ),
}
