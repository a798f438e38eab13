namespace PrEnv.Tests.Commands;

/// <summary>What the commands for people say without a cluster.</summary>
internal sealed class VerbsTests
{
    [Test]
    public async Task Help_OfTheProgram_ListsEveryCommand()
    {
        var help = (await Cli.RunAsync("--help")).Output;

        foreach (var verb in (string[])["run", "get", "why", "plan", "reconcile", "suspend", "resume", "completion", "version"])
            Assert.That(help, Does.Match($"(?m)^  {verb} "), verb);
    }

    [TestCase("bash", "complete -o default -F _prenv prenv")]
    [TestCase("zsh", "compdef _prenv prenv")]
    [TestCase("fish", "complete -c prenv")]
    public async Task Completion_OfAShell_IsItsScript(string shell, string line) =>
        Assert.That((await Cli.RunAsync("completion", shell)).Output, Does.Contain(line).And.Contain("[suggest:"));

    [Test]
    public async Task Completion_OfAnotherShell_IsAnError()
    {
        var result = await Cli.RunAsync("completion", "tcsh");

        Assert.That((result.Code, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.Error, Does.StartWith("prenv: Argument 'tcsh' not recognized."));
    }

    [Test]
    public async Task Suggest_OfHalfACommand_GivesTheWords()
    {
        var result = await Cli.RunAsync("[suggest:8]", "prenv re");

        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Output.Split('\n'), Has.Member("reconcile").And.Member("resume"));
    }

    [Test]
    public async Task Plugin_WithoutACommand_StartsNoController()
    {
        var result = await Cli.RunAsync(s => s with { IsKubectlPlugin = true });

        Assert.That(
            (result.Code, result.Error),
            Is.EqualTo((1, "prenv: Name a command, such as 'kubectl prenv get'. See 'kubectl prenv --help'.\n")));
    }

    [TestCase("get")]
    [TestCase("why 22")]
    [TestCase("plan")]
    [TestCase("reconcile demo")]
    [TestCase("suspend demo")]
    [TestCase("resume demo")]
    public async Task Verb_WithoutAKubeconfig_IsOneSentence(string args)
    {
        var result = await Cli.RunAsync([.. args.Split(' '), "--kubeconfig", "/does/not/exist"]);

        Assert.That(
            (result.Code, result.Error),
            Is.EqualTo((1, "prenv: Kubernetes: /does/not/exist, specified by --kubeconfig, does not exist. Specify a kubeconfig with "
                + "--kubeconfig.\n")));
    }

    [TestCase("why", "Required argument missing for command: 'why'")]
    [TestCase("why x", "Cannot parse argument 'x' for command 'why' as expected type 'System.Int32'")]
    [TestCase("get -o xml", "Argument 'xml' not recognized")]
    public async Task Verb_WithWrongArguments_IsOneLine(string args, string expected)
    {
        var result = await Cli.RunAsync(args.Split(' '));

        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Error, Does.StartWith($"prenv: {expected}"));
    }
}
