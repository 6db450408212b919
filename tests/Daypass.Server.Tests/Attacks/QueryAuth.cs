using Daypass.Server.Tests.Wire;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>Presigned URLs and forms that were tampered with, or that say a thing twice.</summary>
public sealed class QueryAuth(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Target = "/?Action=GetCallerIdentity&Version=2011-06-15";
    private const string Allowed = "arn:aws:iam::111122223333:user/admin";
    private readonly Uri _endpoint = fixture.Server.Endpoint;
    private readonly SigningClient _admin = fixture.Server.Administrator;

    public static TheoryData<string, string, string> Tampered => new()
    {
        { "a parameter more", "&Extra=1", "SignatureDoesNotMatch" },
        { "another action behind it", "&Action=GetSessionToken", "MalformedInput" },
        { "the action in escapes", "&%41ction=GetSessionToken", "MalformedInput" },
        { "the action in small letters", "&action=GetSessionToken", "SignatureDoesNotMatch" },
        { "the action as a list", "&Action%5B%5D=GetSessionToken", "SignatureDoesNotMatch" },
        { "a second signature", "&X-Amz-Signature=00", "MalformedInput" },
        { "a second signature in escapes", "&X%2DAmz%2DSignature=00", "MalformedInput" },
        { "a second date", "&X-Amz-Date=20200101T000000Z", "MalformedInput" },
        { "a second credential", "&X-Amz-Credential=a", "MalformedInput" },
        { "a token that was not signed", "&X-Amz-Security-Token=AAAA", "InvalidClientTokenId" },
        { "an expiry that was not signed", "&X-Amz-Expires=60", "SignatureDoesNotMatch" },
        { "an escape cut short", "&A=%4", "MalformedQueryString" },
    };

    [Theory]
    [MemberData(nameof(Tampered))]
    public async Task A_presigned_URL_that_was_added_to_is_refused(string what, string added, string code)
    {
        var presigned = RawRequest.Get(_endpoint, Target).Presigned(_admin);
        var (_, answer) = await (presigned with { Target = presigned.Target + added }).SendAsync(_endpoint);
        Assert.True(answer.Contains($"<Code>{code}</Code>", StringComparison.Ordinal), $"{what}: {answer}");
        Assert.DoesNotContain(Allowed, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&X-Amz-Expires=0")]
    [InlineData("&X-Amz-Expires=-1")]
    [InlineData("&X-Amz-Expires=604801")]
    [InlineData("&X-Amz-Expires=99999999999999999999")]
    [InlineData("&X-Amz-Expires=1e3")]
    public async Task An_expiry_out_of_range_is_refused_although_it_is_signed(string expires)
    {
        var request = RawRequest.Get(_endpoint, Target);
        var good = request.Presigned(_admin, "&X-Amz-Expires=60");
        Assert.Contains(Allowed, (await good.SendAsync(_endpoint)).Text, StringComparison.Ordinal);
        var (_, answer) = await (good with { Target = good.Target.Replace("&X-Amz-Expires=60", expires, StringComparison.Ordinal) }).SendAsync(_endpoint);
        Assert.Contains("<Code>AuthorizationQueryParametersError</Code>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_presigned_URL_lives_a_quarter_of_an_hour_whatever_it_says()
    {
        var old = RawRequest.Get(_endpoint, Target).Presigned(_admin, "&X-Amz-Expires=604800", TimeProvider.System.GetUtcNow().AddMinutes(-16));
        Assert.Contains("Signature expired: ", (await old.SendAsync(_endpoint)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_proofs_in_one_request_are_refused_although_both_are_right()
    {
        var presigned = RawRequest.Get(_endpoint, Target).Presigned(_admin);
        var header = RawRequest.Get(_endpoint, Target).Signed(_admin, "host;x-amz-date");
        Assert.Contains(Allowed, (await header.SendAsync(_endpoint)).Text, StringComparison.Ordinal);
        var (status, answer) = await (header with { Target = presigned.Target }).SendAsync(_endpoint);
        Assert.Equal(403, status);
        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_in_the_body_is_none()
    {
        var presigned = RawRequest.Get(_endpoint, Target).Presigned(_admin);
        var (status, answer) = await RawRequest.Post(_endpoint, presigned.Target[2..]).SendAsync(_endpoint);
        Assert.Equal(403, status);
        Assert.Contains("<Code>MissingAuthenticationToken</Code>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_and_body_may_not_say_the_same_thing_twice()
    {
        var request = RawRequest.Post(_endpoint) with { Target = "/?Action=GetSessionToken" };
        var (_, answer) = await request.Signed(_admin).SendAsync(_endpoint);
        Assert.Contains("The parameter Action is given more than once.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_request_is_good_again_within_its_quarter_of_an_hour_as_at_AWS()
    {
        // Not a mistake: clients repeat what got no answer, byte for byte. Who must not repeat it must not see it: use TLS.
        var (presigned, posted) = (RawRequest.Get(_endpoint, Target).Presigned(_admin), RawRequest.Post(_endpoint).Signed(_admin));
        for (var time = 0; time < 3; time++)
        {
            Assert.Contains(Allowed, (await presigned.SendAsync(_endpoint)).Text, StringComparison.Ordinal);
            Assert.Contains(Allowed, (await posted.SendAsync(_endpoint)).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Version=2011-06-15&Action=GetCallerIdentity")]
    [InlineData("A=1&Version=2011-06-15&B=2&Action=GetCallerIdentity")]
    [InlineData("&&Version=2011-06-15&&Action=GetCallerIdentity&")]
    public async Task Parameters_may_come_in_any_order(string form) =>
        Assert.Contains(Allowed, (await RawRequest.Post(_endpoint, form).Signed(_admin).SendAsync(_endpoint)).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("Action[]=GetCallerIdentity&Version=2011-06-15")]
    [InlineData("Action.member.1=GetCallerIdentity&Version=2011-06-15")]
    [InlineData("action=GetCallerIdentity&version=2011-06-15")]
    public async Task Nothing_but_Action_is_the_action(string form)
    {
        var (status, answer) = await RawRequest.Post(_endpoint, form).Signed(_admin).SendAsync(_endpoint);
        Assert.Equal(400, status);
        Assert.Contains("<Code>MissingAction</Code>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_behind_a_signed_form_is_part_of_what_was_signed()
    {
        var signed = RawRequest.Post(_endpoint, "Action=GetCallerIdentity").Signed(_admin);
        var (status, _) = await (signed with { Target = "/?Version=2011-06-15" }).SendAsync(_endpoint);
        Assert.Equal(403, status);
        var whole = (RawRequest.Post(_endpoint, "Action=GetCallerIdentity") with { Target = "/?Version=2011-06-15" }).Signed(_admin);
        Assert.Contains(Allowed, (await whole.SendAsync(_endpoint)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host", "which were not signed: 'X-Amz-Date'")]
    [InlineData("content-type;x-amz-date", "'Host' or ':authority' must be a 'SignedHeader'")]
    [InlineData("x-amz-date;host", "must be lower-case header names, sorted")]
    [InlineData("Host;X-Amz-Date", "must be lower-case header names, sorted")]
    [InlineData("host;host;x-amz-date", "must be lower-case header names, sorted")]
    [InlineData("host;x-absent;x-amz-date", "'x-absent' is a 'SignedHeader'")]
    public async Task SignedHeaders_names_what_it_must_and_nothing_else(string signedHeaders, string message)
    {
        var (status, answer) = await Resigned(signedHeaders).SendAsync(_endpoint);
        Assert.Equal(403, status);
        Assert.Contains(message, System.Net.WebUtility.HtmlDecode(answer), StringComparison.Ordinal);
    }

    // As somebody would who can sign: where the parser itself refuses the list, the old signature serves.
    private RawRequest Resigned(string signedHeaders)
    {
        var good = RawRequest.Post(_endpoint).Signed(_admin);
        var authorization = good.Get("Authorization", 0)!.Replace("content-type;host;x-amz-date", signedHeaders, StringComparison.Ordinal);
        return good.Without("Authorization").With("Authorization", authorization);
    }
}
