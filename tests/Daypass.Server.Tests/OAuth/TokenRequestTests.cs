using System.Text;
using Daypass.Server.OAuth;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Tests.OAuth;

/// <summary>What a form comes to, without a server.</summary>
public sealed class TokenRequestTests
{
    private const string Role = "arn:aws:iam::111122223333:role/deploy";
    private const string Least = $"grant_type={TokenRequest.Grant}&subject_token=x&subject_token_type={TokenRequest.Jwt}&resource={Role}";

    // Claims {"sub":"repo:org/app"} and {"sub":"alice"}, signed by nobody.
    private const string Repository = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvOm9yZy9hcHAifQ.AAAA";
    private const string Alice = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.AAAA";

    [Fact]
    public void A_token_is_asked_for_unless_credentials_are()
    {
        var forToken = Read(Least + "&audience=a&audience=b&resource=https://c.example.com");
        Assert.False(forToken.IsForCredentials);
        Assert.Equal(["a", "b", "https://c.example.com"], forToken.Audience.Order());
        Assert.Equal("DurationSeconds=900", Assert.Single(forToken.ToAssumeRole(), pair => pair.Key == "DurationSeconds") is var duration ? $"{duration.Key}={duration.Value}" : "");
        Assert.Contains(KeyValuePair.Create("SigningAlgorithm", "RS256"), forToken.ToGetToken());
        var forCredentials = Read(Least + $"&requested_token_type={TokenRequest.AwsCredentials}");
        Assert.True(forCredentials.IsForCredentials);
        Assert.DoesNotContain(forCredentials.ToAssumeRole(), pair => pair.Key == "DurationSeconds");
    }

    [Theory]
    [InlineData("x", "token-exchange")]
    [InlineData(Alice, "alice")]
    [InlineData(Repository, "repo.org.app=")]
    public void A_session_is_named_by_the_subject_unless_the_request_says_otherwise(string token, string name)
    {
        var form = Least.Replace("subject_token=x", "subject_token=" + token, StringComparison.Ordinal) + "&audience=a";
        Assert.StartsWith(name, Read(form).RoleSessionName, StringComparison.Ordinal);
        Assert.Equal("mine", Read(form + "&role_session_name=mine").RoleSessionName);
    }

    [Fact]
    public void What_has_no_value_is_not_there_and_what_nobody_knows_does_not_matter() =>
        Assert.Null(Read(Least + "&audience=a&scope=&policy=&whatever=1").Policy);

    [Theory]
    [InlineData("&audience=a&policy=1&policy=2", "invalid_request")]
    [InlineData("&audience=a&whatever=1&whatever=2", "invalid_request")]
    [InlineData("&audience=a&scope=&scope=", "invalid_request")]
    [InlineData("&audience=a&scope=x", "invalid_scope")]
    [InlineData("&audience=a&client_assertion=x", "invalid_client")]
    [InlineData("&audience=a&client_secret=x", "invalid_client")]
    [InlineData("&audience=a&actor_token_type=x", "invalid_request")]
    [InlineData("&audience=a&actor_token=x", "invalid_request")]
    [InlineData("&audience=a&requested_token_type=urn:daypass:params:oauth:token-type:aws-credentials", "invalid_target")]
    [InlineData("&audience=a&subject_token=y", "invalid_request")]
    [InlineData("&audience=a&grant_type=urn:ietf:params:oauth:grant-type:token-exchange", "invalid_request")]
    [InlineData("&audience=a&requested_token_type=urn:ietf:params:oauth:token-type:access_token", "invalid_request")]
    [InlineData("", "invalid_target")]
    [InlineData("&audience=1&audience=2&audience=3&audience=4&audience=5&audience=6&audience=7&audience=8&audience=9&audience=10&audience=11", "invalid_target")]
    [InlineData("&audience=arn:aws:iam::111122223333:role/other", "invalid_target")]
    [InlineData("&audience=%", "invalid_request")]
    public void What_is_wrong_has_its_word(string more, string error) => Assert.Equal(error, Assert.Throws<OAuthException>(() => Read(Least + more)).Error);

    [Theory]
    [InlineData("grant_type", "client_credentials", "unsupported_grant_type")]
    [InlineData("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "unsupported_grant_type")]
    [InlineData("grant_type", "", "invalid_request")]
    [InlineData("subject_token", "", "invalid_request")]
    [InlineData("subject_token_type", "", "invalid_request")]
    [InlineData("subject_token_type", "urn:ietf:params:oauth:token-type:saml2", "invalid_request")]
    [InlineData("subject_token_type", "urn:ietf:params:oauth:token-type:refresh_token", "invalid_request")]
    [InlineData("resource", "arn:aws:iam::111122223333:user/alice", "invalid_target")]
    [InlineData("resource", "", "invalid_target")]
    public void What_must_be_there_is_there_and_of_a_kind_that_is_known(string name, string value, string error)
    {
        var form = string.Join('&', Least.Split('&').Select(pair => pair.StartsWith(name + "=", StringComparison.Ordinal) ? $"{name}={value}" : pair)) + "&audience=a";
        Assert.Equal(error, Assert.Throws<OAuthException>(() => Read(form)).Error);
    }

    [Fact]
    public void A_description_has_no_character_that_RFC_6749_gives_it_not() =>
        Assert.Equal("a'b'c'd'", OAuthException.InvalidRequest("a\"b\\c\nd\u00e9").Description);

    [Fact]
    public void Nothing_of_a_request_is_printed_but_its_role() => Assert.Equal(Role, Read(Least + "&audience=a").ToString());

    [Theory]
    [InlineData("InvalidIdentityToken", "invalid_request", 400)]
    [InlineData("ExpiredTokenException", "invalid_request", 400)]
    [InlineData("AccessDenied", "invalid_target", 400)]
    [InlineData("Throttling", "temporarily_unavailable", 429)]
    [InlineData("ServiceUnavailable", "temporarily_unavailable", 503)]
    [InlineData("IDPCommunicationError", "temporarily_unavailable", 503)]
    [InlineData("InternalFailure", "server_error", 500)]
    public void A_refusal_of_a_call_has_its_word(string code, string error, int status)
    {
        var refusal = OAuthException.Of(new ApiError(code, 418, "why"));
        Assert.Equal((error, status, "why"), (refusal.Error, refusal.Status, refusal.Description));
    }

    private static TokenRequest Read(string form) => TokenRequest.Read(Encoding.UTF8.GetBytes(form));
}
