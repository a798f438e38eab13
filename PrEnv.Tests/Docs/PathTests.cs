using System.Text.RegularExpressions;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Docs;

/// <summary>Pages for contributors name files and folders, which move.</summary>
public sealed partial class PathTests
{
    [TestCase("CONTRIBUTING.md")]
    [TestCase("docs/architecture.md")]
    [TestCase("docs/engine.md")]
    public void Paths_OfAPageForContributors_Exist(string page)
    {
        var paths = InCode().Matches(RepositoryFiles.Text(page)).Select(m => m.Groups["path"].Value).ToList();

        Assert.That(paths, Is.Not.Empty);
        Assert.That(paths.Where(path => !Path.Exists(RepositoryRoot.Combine(path))), Is.Empty);
    }

    [GeneratedRegex(
        "`(?<path>(PrEnv[.]|docs/|crds/|manifests/|hack/)[A-Za-z0-9._/-]*)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InCode();
}
