using System.Net;
using PrEnv.Controller.GitHub.Faults;

namespace PrEnv.Tests.GitHub.Faults;

/// <summary>The sentences that GitHub is known to use, and a few that only look alike.</summary>
internal sealed class GitHubWordingTests
{
    private const string Locking = "https://docs.github.com/articles/locking-conversations/";

    [TestCase(403, """{"message":"Unable to create comment because issue is locked.","documentation_url":"X"}""", GitHubFaultKind.ConversationLocked)]
    [TestCase(403, """{"message":"Unable to update comment because issue is locked."}""", GitHubFaultKind.ConversationLocked)]
    [TestCase(403, """{"message":"Other words","documentation_url":"https://docs.github.com/articles/locking-conversations/"}""", GitHubFaultKind.ConversationLocked)]
    [TestCase(403, """{"message":"Resource not accessible by integration","documentation_url":"https://docs.github.com/rest/issues"}""", GitHubFaultKind.AccessDenied)]
    [TestCase(403, "<html>no JSON", GitHubFaultKind.AccessDenied)]
    [TestCase(422, """{"message":"No commit found for SHA: 0123"}""", GitHubFaultKind.UnknownCommit)]
    [TestCase(422, """{"message":"The permissions requested are not granted to this installation."}""", GitHubFaultKind.PermissionsNotGranted)]
    [TestCase(422, """{"message":"Validation Failed","errors":[{"resource":"Status","code":"custom","message":"This SHA and context has reached the maximum number of statuses."}]}""", GitHubFaultKind.TooManyStatuses)]
    [TestCase(422, """{"message":"Validation Failed","errors":["This SHA and context has reached the maximum number of statuses."]}""", GitHubFaultKind.TooManyStatuses)]
    [TestCase(422, """{"message":"Validation Failed","errors":[{"code":"invalid","value":"No commit found"},7,null]}""", GitHubFaultKind.Invalid)]
    [TestCase(422, """["No commit"]""", GitHubFaultKind.Invalid)]
    [TestCase(401, """{"message":"because issue is locked"}""", GitHubFaultKind.CredentialRefused)]
    public async Task FromAsync_Body_GivesTheKind(int status, string body, GitHubFaultKind kind)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };

        Assert.That((await AnswerFaults.FromAsync(response, CancellationToken.None)).Kind, Is.EqualTo(kind));
    }

    [TestCase("You have exceeded a secondary rate limit. Please wait a few minutes before you try again.", "", true)]
    [TestCase("API rate limit exceeded for user ID 1.", "", true)]
    [TestCase("You have triggered an abuse detection mechanism.", "", true)]
    [TestCase("Other words", "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits", true)]
    [TestCase("Unable to create comment because issue is locked.", Locking, false)]
    public void IsRateLimit_Answer_IsKnownByItsPageOrItsWords(string text, string url, bool expected) =>
        Assert.That(GitHubWording.IsRateLimit(new ErrorAnswer(text, url)), Is.EqualTo(expected));
}
