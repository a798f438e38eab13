using Moq;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Reading;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Reading;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FinalReportsTests
{
    private static readonly HelmRelease Noted = Some.Release(22).Annotation(
        OwnerLabels.CommentAnnotation, new ReportedComment(1, "ready").ToJson());

    private readonly Mock<ISecretReader> _secrets = new();
    private readonly ResourceMemory _memory = new();

    public FinalReportsTests() => Answer().ReturnsAsync(new SecretReading("token", null));

    [Test]
    public async Task Prepare_NotesAreLeft_ReadsTheCredential()
    {
        await PrepareAsync(Telling(), Noted);

        Assert.That(_memory.Access, Is.Not.Null.And.Property("Owner").EqualTo("octo").And.Property("Name").EqualTo("app"));
        Assert.That(_memory.Access!.Credential.IsAnonymous, Is.False);
    }

    [Test]
    public async Task Prepare_NothingWasEverSaid_ReadsNothing()
    {
        await PrepareAsync(Telling(), Some.Release(22));
        await PrepareAsync(Some.Resource(), Noted);

        Assert.That(_memory.Access, Is.Null);
        Assert.That(_secrets.Invocations, Is.Empty);
    }

    [Test]
    public async Task Prepare_ListedBefore_UsesThatCredential()
    {
        var access = new RepositoryAccess(new Uri("https://api.github.com/"), "octo", "app", GitHubCredential.FromToken("before"));
        _memory.Listing = new ListingMemory(new ListingSource(access.ApiUrl, "octo", "app", null), access, Some.Listing(), null, Some.Now);
        await PrepareAsync(Telling(), Noted);

        Assert.That(_memory.Access, Is.SameAs(access));
        Assert.That(_secrets.Invocations, Is.Empty);
    }

    [Test]
    public async Task Prepare_SecretIsGone_OrCannotBeRead_HoldsNothingUp()
    {
        Answer().ReturnsAsync(new SecretReading(null, "Secret default/tokensecret does not exist."));
        await PrepareAsync(Telling(), Noted);
        Answer().ThrowsAsync(new ApiStatusException(new ApiStatus(500, "InternalError", "etcd is away")));
        await PrepareAsync(Telling(), Noted);
        Assert.That(_memory.Access, Is.Null);

        Answer().ReturnsAsync(new SecretReading("token", null));
        await PrepareAsync(Telling(), Noted);
        Assert.That(_memory.Access, Is.Not.Null);
    }

    private Moq.Language.Flow.ISetup<ISecretReader, Task<SecretReading>> Answer() =>
        _secrets.Setup(s => s.ReadAsync("default", "tokensecret", "token", It.IsAny<CancellationToken>()));

    private Task PrepareAsync(PREphemeralEnvController resource, HelmRelease release) =>
        new FinalReports(new CredentialReader(_secrets.Object)).PrepareAsync(
            Some.Reading(resource), [release], _memory, CancellationToken.None);

    private static PREphemeralEnvController Telling()
    {
        var resource = Some.Resource();
        return resource with { Spec = resource.Spec with { Report = new Report { Comment = new ReportSwitch { Enabled = true } } } };
    }
}
