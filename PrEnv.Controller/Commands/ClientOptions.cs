using System.CommandLine;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Commands;

/// <summary>The options that the commands for people share.</summary>
internal sealed class ClientOptions(OptionFlags flags)
{
    private static readonly string[] Connection = ["kubeconfig", "context"];

    private static readonly string[] Planning =
        ["github-api-url", "allowed-github-hosts", "no-cross-namespace-refs", "default-service-account"];

    public Option<string> Namespace { get; } = new("--namespace", "-n")
    {
        Description = "Namespace of the resources.",
        HelpName = "name",
        DefaultValueFactory = _ => "the context's, else default",
    };

    public Option<bool> AllNamespaces { get; } = new("--all-namespaces", "-A") { Description = "Resources in every namespace." };

    public OptionFlags Flags => flags;

    /// <summary>How the cluster is reached, and <c>-n</c>.</summary>
    public Command AddTo(Command command)
    {
        command.Add(Namespace);
        flags.AddTo(command, Connection);
        return command;
    }

    /// <summary>The same with what a plan depends on, which must be what the controller has.</summary>
    public Command AddPlanningTo(Command command)
    {
        AddTo(command);
        flags.AddTo(command, Planning);
        return command;
    }

    /// <summary>A resource's name.</summary>
    public static Argument<string> Name() => new("name") { Description = "Name of the resource.", HelpName = "name" };

    /// <summary>The same, which may be left out.</summary>
    public static Argument<string?> OptionalName() =>
        new("name") { Description = "Name of the resource; default: all.", HelpName = "name", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>What names one resource cannot be combined with all namespaces.</summary>
    /// <exception cref="StartupException">Both are given.</exception>
    public static void RefuseBoth(string what, bool isGiven, bool allNamespaces)
    {
        if (isGiven && allNamespaces)
            throw new StartupException($"{what} cannot be combined with -A. Leave one of them out; -n chooses a namespace.");
    }

    /// <summary>The format of the output.</summary>
    public static Option<string> Output(string @default, params string[] formats)
    {
        var option = new Option<string>("--output", "-o")
        {
            Description = $"Format of the output: {string.Join(", ", formats)}.",
            HelpName = "format",
            DefaultValueFactory = _ => @default,
        };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }
}
