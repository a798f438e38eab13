using PrEnv.Controller.Commands;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Commands;

/// <summary>
/// What a person sees who writes something wrong, or asks. The process as a whole is in <see cref="Hosting.ProcessTests"/>.
/// </summary>
internal sealed class CommandLineTests
{
    [TestCase("--help")]
    [TestCase("run", "--help")]
    public async Task Run_Help_ListsEachOptionWithItsDefault(params string[] args)
    {
        var (code, output, _) = await RunAsync(args);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            foreach (var option in OptionTable.All)
            {
                Assert.That(
                    output,
                    Does.Match($"(?m)^  {option.Flag} <.*\\[default: {System.Text.RegularExpressions.Regex.Escape(option.Default)}\\]$"));
            }
        });
    }

    [TestCase("version")]
    [TestCase("--version")]
    public async Task Run_Version_PrintsIt(string argument)
    {
        var (code, output, _) = await RunAsync(argument);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(output, Does.Match("^prenv [0-9]+[.][0-9]+[.][0-9]+( [(]commit [0-9a-f]{40}[)])?\n$"));
        });
    }

    [TestCase("--nonsense", "Unrecognized command or argument '--nonsense'")]
    [TestCase("--nonsense=4", "Unrecognized command or argument '--nonsense=4'")]
    [TestCase("stop", "Unrecognized command or argument 'stop'")]
    [TestCase("@file", "Unrecognized command or argument '@file'")]
    [TestCase("--concurrent", "Required argument missing for option: '--concurrent'")]
    [TestCase("--concurrent 1 --concurrent 2", "Option '--concurrent' expects a single argument but 2 were provided")]
    public async Task Run_ArgumentsThatMakeNoSense_IsOneLine(string args, string expected)
    {
        var (code, output, error) = await RunAsync(args.Split(' '));

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Is.EqualTo($"prenv: {expected}. See 'prenv --help'.\n"));
            Assert.That(output, Is.Empty);
        });
    }

    [TestCase("--concurrent x")]
    [TestCase("--concurrent=x")]
    [TestCase("run --concurrent x")]
    [TestCase("--concurrent x run")]
    public async Task Run_WrongValue_IsFoundWhereverTheFlagStands(string args)
    {
        var (code, _, error) = await RunAsync(args.Split(' '));

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Is.EqualTo("prenv: --concurrent: 'x' is not a whole number from 1 to 1000 (default: 8)\n"));
        });
    }

    [TestCase("--no-cross-namespace-refs", "")]
    [TestCase("--no-cross-namespace-refs=false", "")]
    [TestCase("--no-cross-namespace-refs=maybe", "prenv: --no-cross-namespace-refs: 'maybe' is neither true nor false (default: false)\n")]
    [TestCase("--health-check-deny-cidrs=", "")]
    [TestCase(
        "--metrics-bind-address=",
        "prenv: --metrics-bind-address: '' is not [host]:port; write :8080, 127.0.0.1:8080 or [::1]:8080, or 0 to disable the endpoint "
        + "(default: :8080)\n")]
    public async Task Run_SwitchesAndEmptyValues_AreReadAsWritten(string argument, string expected)
    {
        var (_, _, error) = await RunAsync(argument, "--kubeconfig=/does/not/exist");

        var absent =
            "prenv: Kubernetes: /does/not/exist, specified by --kubeconfig, does not exist. Specify a kubeconfig with --kubeconfig.\n";
        Assert.That(error, Is.EqualTo(expected.Length > 0 ? expected : absent));
    }

    [Test]
    public async Task Run_SeveralProblems_AreOneLineEach()
    {
        var (code, _, error) = await RunAsync("--concurrent=0", "--log-level=loud");

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2).And.All.StartsWith("prenv: --"));
        });
    }

    [Test]
    public async Task Run_SettingsThatAreNoJson_IsOneLine()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("appsettings.json", "{ \"PrEnv\": ");

        var (code, _, error) = await RunAsync(file, []);

        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Does.StartWith($"prenv: {file}: ").And.EndsWith("Fix it or remove it.\n"));
            Assert.That(error.TrimEnd(), Does.Not.Contain('\n'));
        });
    }

    [Test]
    public async Task Run_SettingsFile_IsRead()
    {
        using var directory = new TemporaryDirectory();

        var (_, _, error) = await RunAsync(directory.Write("appsettings.json", """{ "PrEnv": { "LogLevel": "loud" } }"""), []);

        Assert.That(error, Does.StartWith("prenv: appsettings.json: PrEnv:LogLevel: 'loud' is not a log level"));
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync("none.json", args);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string settings, string[] args)
    {
        var surroundings = new Surroundings
        {
            Variables = new Dictionary<string, string>(StringComparer.Ordinal),
            SettingsFile = Path.GetFullPath(settings),
            HomeDirectory = "/does/not/exist",
            IsInCluster = false,
            LogsToTerminal = false,
        };
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, surroundings, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
