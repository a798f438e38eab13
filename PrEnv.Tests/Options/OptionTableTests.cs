using System.Globalization;
using PrEnv.Controller.Options;

namespace PrEnv.Tests.Options;

internal sealed class OptionTableTests
{
    /// <summary>Defaults that are words for people; the others must be what the option reads.</summary>
    private static readonly string[] Described =
    [
        "kubeconfig", "context", "watch-namespaces", "watch-label-selector", "leader-elect", "leader-elect-namespace",
        "allowed-github-hosts", "health-check-proxy", "default-service-account",
        "log-format",
    ];

    private const string NotAProxy =
        "this is not the URL of a proxy; write http://host:port or https://user:password@host:port, with %XX for special characters in the "
        + "user and the password";

    [Test]
    public void Assign_DefaultOfTheHelp_IsTheDefaultOfTheCode()
    {
        var code = new ControllerOptions();
        var help = new ControllerOptions();
        foreach (var option in OptionTable.All.Where(option => !Described.Contains(option.Name)))
            option.Assign(help, option.Default);

        foreach (var property in typeof(ControllerOptions).GetProperties())
        {
            Assert.That(
                Convert.ToString(property.GetValue(help), CultureInfo.InvariantCulture),
                Is.EqualTo(Convert.ToString(property.GetValue(code), CultureInfo.InvariantCulture)),
                property.Name);
        }
    }

    [Test]
    public void All_Names_AreUniqueInEverySpelling()
    {
        Assert.Multiple(() =>
        {
            Assert.That(OptionTable.All.Select(option => option.Flag), Is.Unique);
            Assert.That(OptionTable.All.Select(option => option.Variable), Is.Unique);
            Assert.That(OptionTable.All.Select(option => option.SettingsKey), Is.Unique);
        });
    }

    [TestCase("concurrent", "0", "'0' is not a whole number from 1 to 1000")]
    [TestCase("concurrent", "", "'' is not a whole number from 1 to 1000")]
    [TestCase("concurrent", "-1", "'-1' is not a whole number from 1 to 1000")]
    [TestCase("concurrent", "8.5", "'8.5' is not a whole number from 1 to 1000")]
    [TestCase("github-writes-per-minute", "0", "'0' is not a whole number from 1 to 100000")]
    [TestCase(
        "github-api-url", "api.github.com",
        "this is not a URL; write https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise Server")]
    [TestCase(
        "github-api-url", "http://ghe.example.com",
        "'http://ghe.example.com' would expose tokens on the network; use https (plain http is accepted for a loopback host only)")]
    [TestCase(
        "github-api-url", "ftp://127.0.0.1",
        "'ftp://127.0.0.1' would expose tokens on the network; use https (plain http is accepted for a loopback host only)")]
    [TestCase(
        "github-api-url", "https://me:ghp_secret@ghe.example.com",
        "the URL must have no user, query or fragment; tokens belong in a Secret that the resource references")]
    [TestCase(
        "github-api-url", "https://ghe.example.com?token=ghp_secret",
        "the URL must have no user, query or fragment; tokens belong in a Secret that the resource references")]
    [TestCase(
        "default-service-account", "Flux_Applier",
        "'Flux_Applier' is not the name of a Kubernetes object; use lower-case letters, digits, '-' and '.'")]
    [TestCase("no-cross-namespace-refs", "yes", "'yes' is neither true nor false")]
    [TestCase("watch-namespaces", "team-a,Team_B", "'Team_B' is not the name of a namespace; use lower-case letters, digits and '-'")]
    [TestCase("watch-namespaces", "team.a", "'team.a' is not the name of a namespace; use lower-case letters, digits and '-'")]
    [TestCase(
        "watch-namespaces", "a,1234567890123456789012345678901234567890123456789012345678901234",
        "'1234567890123456789012345678901234567890123456789012345678901234' is not the name of a namespace; use lower-case letters, "
        + "digits and '-'")]
    [TestCase("watch-namespaces", "team-a, team-b,team-a", "'team-a' is listed more than once")]
    [TestCase("watch-namespaces", ", ", "', ' names no namespace")]
    [TestCase(
        "watch-label-selector", "shard=a b",
        "'shard=a b' is not a valid label selector: part 1 is not one of key, !key, key=value, key!=value, key in (a,b) or key notin "
        + "(a,b)")]
    [TestCase(
        "leader-elect-namespace", "Prenv", "'Prenv' is not the name of a Kubernetes object; use lower-case letters, digits, '-' and '.'")]
    [TestCase("leader-elect-lease-duration", "15", "'15' is not a duration; write 15s or 1m30s")]
    [TestCase("leader-elect-renew-deadline", "0s", "'0s' is not a duration; write 15s or 1m30s")]
    [TestCase("health-check-proxy", "socks5://user:s3cret@proxy:1080", NotAProxy)]
    [TestCase("health-check-proxy", "proxy:3128", NotAProxy)]
    [TestCase("health-check-proxy", "http://user:s3cret@proxy:3128/path", NotAProxy)]
    [TestCase("health-check-proxy", "http://user:s3cret@proxy:port", NotAProxy)]
    [TestCase("log-level", "loud\u001b[2J", "'loud?[2J' is not a log level; use trace, debug, info, warn or error")]
    [TestCase("log-format", "xml", "'xml' is not a log format; use json or text")]
    public void Assign_WrongText_SaysWhatToWrite(string name, string text, string expected)
    {
        var option = OptionTable.All.Single(option => option.Name == name);

        Assert.That(() => option.Assign(new ControllerOptions(), text), Throws.TypeOf<FormatException>().With.Message.EqualTo(expected));
    }

    [TestCase("https://ghe.example.com/api/v3", "https://ghe.example.com/api/v3/")]
    [TestCase("https://ghe.example.com/api/v3/", "https://ghe.example.com/api/v3/")]
    [TestCase("http://localhost:5000", "http://localhost:5000/")]
    [TestCase("http://127.0.0.1:5000", "http://127.0.0.1:5000/")]
    [TestCase("http://[::1]:5000", "http://[::1]:5000/")]
    public void GitHubApiUrl_Fine_EndsWithASlash(string text, string expected) =>
        Assert.That(OptionParsers.GitHubApiUrl(text).AbsoluteUri, Is.EqualTo(expected));

    [TestCase("http://user:s3cret@proxy.example:3128", "http://proxy.example:3128")]
    [TestCase("https://proxy.example", "https://proxy.example")]
    public void Shown_OfAProxy_LeavesItsUserAndPasswordOut(string text, string shown)
    {
        var option = OptionTable.All.Single(option => option.Name == "health-check-proxy");
        var options = new ControllerOptions();
        option.Assign(options, text);

        Assert.That(options.HealthCheckProxy, Is.EqualTo(new Uri(text)));
        Assert.That(option.Shown(text), Is.EqualTo(shown));
    }

    [Test]
    public void Quote_LongText_IsCut() => Assert.That(OptionParsers.Quote(new string('x', 500)), Has.Length.EqualTo(83));

    [Test]
    public void AllowsGitHub_NothingListed_OnlyTheHostOfTheUrl()
    {
        var options = new ControllerOptions { GitHubApiUrl = new Uri("https://ghe.example.com/api/v3/") };

        Assert.Multiple(() =>
        {
            Assert.That(options.AllowsGitHub(new Uri("https://GHE.example.com/api/v3/")), Is.True);
            Assert.That(options.AllowsGitHub(new Uri("https://ghe.example.com:8443/api/v3/")), Is.False);
            Assert.That(options.AllowsGitHub(new Uri("https://api.github.com/")), Is.False);
            Assert.That(options.AllowsGitHub(new Uri("https://ghe.example.com.evil.example/")), Is.False);
        });
    }
}
