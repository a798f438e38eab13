using System.Text;
using PrEnv.Controller.Webhooks;

namespace PrEnv.Tests.Webhooks;

internal sealed class WebhookSignatureTests
{
    // The test vector of GitHub's documentation.
    private const string Secret = "It's a Secret to Everybody";
    private const string Right = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    [Test]
    public void IsValid_GitHubsOwnExample_Is() => Assert.That(IsValid("Hello, World!", Right, Secret), Is.True);

    [TestCase("Hello, World?", Right, Secret)]
    [TestCase("Hello, World!", Right, "another secret")]
    [TestCase("Hello, World!", "sha256=857107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", Secret)]
    [TestCase("Hello, World!", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18", Secret)]
    [TestCase("Hello, World!", "sha512=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", Secret)]
    [TestCase("Hello, World!", "sha256=757107ea", Secret)]
    [TestCase("Hello, World!", "sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", Secret)]
    [TestCase("Hello, World!", "sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", Secret)]
    [TestCase("Hello, World!", "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", Secret)]
    [TestCase("Hello, World!", "sha256=", Secret)]
    [TestCase("Hello, World!", "", Secret)]
    [TestCase("Hello, World!", null, Secret)]
    public void IsValid_AnythingElse_IsNot(string body, string? signature, string secret) =>
        Assert.That(IsValid(body, signature, secret), Is.False);

    private static bool IsValid(string body, string? signature, string secret) =>
        WebhookSignature.IsValid(Encoding.UTF8.GetBytes(body), signature, secret);
}
