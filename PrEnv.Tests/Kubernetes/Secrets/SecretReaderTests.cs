using System.Text;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Core.Objects;

namespace PrEnv.Tests.Kubernetes.Secrets;

[TestFixture]
internal sealed class SecretReaderTests
{
    [TestCase("abc", "abc")]
    [TestCase(" abc\r\n", "abc")]
    [TestCase("\uFEFFabc\n", "abc")]
    [TestCase("two\nlines\n", "two\nlines")]
    public async Task Read_Value_IsTrimmed(string content, string expected)
    {
        var reading = await ReadAsync((200, Secret(Encoding.UTF8.GetBytes(content))));

        Assert.That(reading, Is.EqualTo(new SecretReading(expected, null)));
        Assert.That(reading.ToString(), Does.Not.Contain("abc"));
    }

    [TestCase("""{"data":{"other":"aGk="}}""")]
    [TestCase("""{"data":null}""")]
    [TestCase("{}")]
    public async Task Read_KeyIsMissing_SaysWhichAndWhatToDo(string body)
    {
        Assert.That(
            await ReadAsync((200, body)),
            Is.EqualTo(
                new SecretReading(null, "Secret team/github has no key \"token\": add it, or correct the key in the reference.")));
    }

    [TestCase("")]
    [TestCase(" \n")]
    public async Task Read_Empty_IsAProblem(string content)
    {
        Assert.That(
            await ReadAsync((200, Secret(Encoding.UTF8.GetBytes(content)))),
            Is.EqualTo(new SecretReading(null, "The key \"token\" of Secret team/github is empty: set its value.")));
    }

    [Test]
    public async Task Read_NoText_IsAProblem()
    {
        Assert.That(
            await ReadAsync((200, Secret([0xC3, 0x28]))),
            Is.EqualTo(new SecretReading(null, "The key \"token\" of Secret team/github is not UTF-8 text: store the value as text.")));
    }

    [Test]
    public async Task Read_SecretIsMissing_SaysWhatToCreate()
    {
        Assert.That(
            await ReadAsync((404, Samples.Failure(404, "NotFound"))),
            Is.EqualTo(new SecretReading(null, "Secret team/github does not exist: create it with the key \"token\".")));
    }

    [Test]
    public async Task Read_Forbidden_SaysWhatToGrant()
    {
        var reading = await ReadAsync((403, Samples.Failure(403, "Forbidden")));

        Assert.That(reading.Problem, Does.Contain("may not read Secret team/github").And.Contains("grant").And.Contains("namespace team"));
    }

    [TestCase(500)]
    [TestCase(200)]
    public void Read_ServerDoesNotSay_FailsAndQuotesNothing(int code)
    {
        Assert.That(
            async () => await ReadAsync((code, "hunter2")),
            Throws.InstanceOf<ApiStatusException>().With.Message.Not.Contains("hunter2").And.Property("Status").Property("Code")
            .EqualTo(500));
    }

    [Test]
    public async Task Read_Always_AsksForThatSecretAlone()
    {
        await using var server = await FakeApiServer.StartAsync((200, "{}"));
        using var client = server.Client();

        await new SecretReader(client).ReadAsync("team", "github", "token", CancellationToken.None);

        var seen = server.Requests.Single();
        Assert.That((seen.Method, seen.Path), Is.EqualTo(("GET", "/api/v1/namespaces/team/secrets/github")));
    }

    private static string Secret(byte[] value) => $$$"""{"data":{"token":"{{{Convert.ToBase64String(value)}}}"}}""";

    private static async Task<SecretReading> ReadAsync((int Code, string Body) answer)
    {
        await using var server = await FakeApiServer.StartAsync(answer);
        using var client = server.Client();
        return await new SecretReader(client).ReadAsync("team", "github", "token", CancellationToken.None);
    }
}
