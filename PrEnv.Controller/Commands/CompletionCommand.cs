using System.CommandLine;

namespace PrEnv.Controller.Commands;

/// <summary><c>prenv completion</c>: a script for a shell, which asks this program for the words.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # Completion of prenv for bash: source <(prenv completion bash)
        _prenv() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(prenv "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _prenv prenv
        """;

    private const string Zsh = """
        #compdef prenv
        # Completion of prenv for zsh: source <(prenv completion zsh)
        _prenv() {
          local line="${(j: :)words}"
          local -a found
          found=("${(@f)$(prenv "[suggest:${#line}]" "$line" 2>/dev/null)}")
          compadd -a found
        }
        compdef _prenv prenv
        """;

    private const string Fish = """
        # Completion of prenv for fish: prenv completion fish | source
        complete -c prenv -f -a '(prenv "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "The shell: bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints a script that completes commands and options in a shell.") { shell };
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(shell) switch
        {
            "zsh" => Zsh,
            "fish" => Fish,
            _ => Bash,
        }));
        return command;
    }
}
