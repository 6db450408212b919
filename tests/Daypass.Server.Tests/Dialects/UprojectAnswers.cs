using System.Buffers;
using System.Text;
using System.Text.Json;
using Daypass.Policies;
using Daypass.Server.Dialects;
using Daypass.Service.Pipeline;
using Daypass.Testing;
using Microsoft.AspNetCore.Http;

namespace Daypass.Server.Tests.Dialects;

/// <summary>Answers byte for byte: what official clients print is what was meant, and what people copy out of them is right.</summary>
public sealed class UprojectAnswers
{
    private const string Hard = "a+b/c='<&>`\"\\\n\u0001各组";

    [Fact]
    public void Only_what_JSON_asks_for_is_escaped()
    {
        var dialect = new Uproject(new UprojectCatalog(), new UprojectOptions(), PolicySyntax.Uproject);
        var output = new ArrayBufferWriter<byte>();
        var http = new DefaultHttpContext();
        Assert.Equal("application/json", dialect.Write(http.Request, null, new ApiAnswer(new Told(), null), "id", output));
        Assert.Equal("{\"RetCode\":0,\"Action\":\"Response\",\"Message\":\"\",\"Secret\":\"a+b/c='<&>`\\\"\\\\\\n\\u0001各组\"}", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal("nosniff", http.Response.Headers.XContentTypeOptions);
    }

    [Fact]
    public async Task Secrets_tokens_and_names_stand_in_answers_as_they_are()
    {
        await using var server = await DaypassServer.StartAsync();
        var administrator = UprojectCaller.Administrator(server);
        await administrator.CallAsync("CreateRole", ("RoleName", "r"), ("RolePolicyDocument", """{"Version":"1","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"UCS":["ucs:iam::111122223333:root"]}}]}"""));
        var body = await administrator.BodyAsync("AssumeRole", ("RoleUrn", "ucs:iam::111122223333:role/r"), ("RoleSessionName", "s"));
        Assert.DoesNotContain("\\u00", body, StringComparison.OrdinalIgnoreCase);
        var keys = JsonDocument.Parse(body).RootElement.GetProperty("Credentials");
        foreach (var name in new[] { "AccessKeyId", "AccessKeySecret", "SecurityToken" })
            Assert.Contains($"\"{name}\":\"{keys.GetProperty(name).GetString()}\"", body, StringComparison.Ordinal);

        await administrator.CallAsync("CreateGroup", ("GroupName", "g"), ("Description", "R&D's <各组> a+b"));
        Assert.Contains("\"Description\":\"R&D's <各组> a+b\"", await administrator.BodyAsync("GetGroup", ("GroupName", "g")), StringComparison.Ordinal);
    }

    private sealed record Told : IShape
    {
        public void Write(ShapeWriter writer) => writer.Secret("Secret", Hard);
    }
}
