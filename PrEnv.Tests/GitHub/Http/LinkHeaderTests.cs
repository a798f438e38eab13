using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Http;

namespace PrEnv.Tests.GitHub.Http;

internal sealed class LinkHeaderTests
{
    private static readonly Uri Page = new("https://api.github.example/repos/acme/shop/pulls?per_page=100");

    private static readonly Uri Api = new("https://api.github.example/");

    [TestCase("<https://api.github.example/x?page=2>; rel=\"next\"", ExpectedResult = "https://api.github.example/x?page=2")]
    [TestCase(
        "<https://api.github.example/x?page=1>; rel=\"prev\", <https://api.github.example/x?page=3>; rel=\"next\"",
        ExpectedResult = "https://api.github.example/x?page=3")]
    [TestCase("<https://api.github.example/x?a=1,2;3>; rel=next", ExpectedResult = "https://api.github.example/x?a=1,2;3")]
    [TestCase("<https://api.github.example/x>; title=\"a\"; REL=\"last NEXT\"", ExpectedResult = "https://api.github.example/x")]
    [TestCase("</x?page=2>; rel=\"next\"", ExpectedResult = "https://api.github.example/x?page=2")]
    [TestCase("<?page=2>; rel=\"next\"", ExpectedResult = "https://api.github.example/repos/acme/shop/pulls?page=2")]
    [TestCase("<https://api.github.example:443/x>; rel=\"next\"", ExpectedResult = "https://api.github.example/x")]
    [TestCase("<https://evil.example/x>; rel=\"next\"", ExpectedResult = "https://api.github.example/x")]
    [TestCase("<http://api.github.example/x>; rel=\"next\"", ExpectedResult = "https://api.github.example/x")]
    [TestCase("<https://api.github.example:8443/x>; rel=\"next\"", ExpectedResult = "https://api.github.example/x")]
    [TestCase("<https://api.github.example.evil.example/x>; rel=\"next\"", ExpectedResult = "https://api.github.example/x")]
    [TestCase("<https://api.github.example@evil.example/x>; rel=\"next\"", ExpectedResult = "https://api.github.example/x")]
    [TestCase("<https://user@api.github.example/x>; rel=\"next\"", ExpectedResult = "https://api.github.example/x")]
    [TestCase("<//evil.example/x>; rel=\"next\"", ExpectedResult = "https://api.github.example/x")]
    [TestCase("<https://api.github.example/x>; rel=\"last\"", ExpectedResult = null)]
    [TestCase("<https://evil.example/x>; rel=\"last\"", ExpectedResult = null)]
    [TestCase("<https://api.github.example/x>; rel=\"nextish\"", ExpectedResult = null)]
    [TestCase("<https://api.github.example/x>", ExpectedResult = null)]
    [TestCase("garbage <<>>;;,,\"", ExpectedResult = null)]
    [TestCase("", ExpectedResult = null)]
    public string? Next_Header_FindsTheNextPage(string header) => LinkHeader.Next([header], Page, Api)?.AbsoluteUri;

    [TestCase("<\\\\evil.example\\x>; rel=\"next\"")]
    [TestCase("<file:///etc/passwd>; rel=\"next\"")]
    [TestCase("<javascript:alert(1)>; rel=\"next\"")]
    [TestCase("<https://[/>; rel=\"next\"")]
    [TestCase("<https://api.github.example/1>; rel=\"next\", <https://api.github.example/2>; rel=\"next\"")]
    public void Next_Hostile_IsRefused(string header) =>
        Assert.That(() => LinkHeader.Next([header], Page, Api), Throws.InstanceOf<GitHubFaultException>());

    [TestCase("https://ghe.example/api/v3/repositories/1?page=2", ExpectedResult = "https://proxy.example/api/v3/repositories/1?page=2")]
    [TestCase("http://ghe.example:8080/api/v3/x#y", ExpectedResult = "https://proxy.example/api/v3/x")]
    [TestCase("https://proxy.example/api/v3/x", ExpectedResult = "https://proxy.example/api/v3/x")]
    [TestCase("https://ghe.example/x", ExpectedResult = null)]
    [TestCase("https://ghe.example/api/v3/../../x", ExpectedResult = null)]
    [TestCase("https://ghe.example/API/V3/x", ExpectedResult = null)]
    [TestCase("ftp://ghe.example/api/v3/x", ExpectedResult = null)]
    public string? TakeOver_OfAnotherHost_KeepsOnlyWhatIsBelowTheApi(string given) =>
        OwnOrigin.TakeOver(new Uri(given), new Uri("https://proxy.example/api/v3/"))?.AbsoluteUri;
}
