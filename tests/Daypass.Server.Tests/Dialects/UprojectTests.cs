using System.Net;
using System.Text;
using Daypass.Policies;
using Daypass.Server.Dialects;
using Daypass.Server.Setup;
using Daypass.Service.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Daypass.Server.Tests.Dialects;

/// <summary>Who may speak the uproject dialect, and how a request is known to be of it.</summary>
public sealed class UprojectTests
{
    private static readonly UprojectCatalog Catalog = new();

    [Theory]
    [InlineData(UprojectAccess.Tls, "http", "127.0.0.1", true)]
    [InlineData(UprojectAccess.Tls, "http", "::1", true)]
    [InlineData(UprojectAccess.Tls, "http", "::ffff:127.0.0.1", true)]
    [InlineData(UprojectAccess.Tls, "http", "192.0.2.7", false)]
    [InlineData(UprojectAccess.Tls, "http", null, false)]
    [InlineData(UprojectAccess.Tls, "https", "192.0.2.7", true)]
    [InlineData(UprojectAccess.On, "http", "192.0.2.7", true)]
    public void Over_plain_http_only_this_machine_is_answered_unless_a_setting_says_so(object access, string scheme, string? source, bool isTaken)
    {
        var request = Request("/uproject", "Action=AssumeRole&PublicKey=x&Signature=y", scheme: scheme, source: source);
        var dialect = Dialect(new UprojectOptions { Access = (UprojectAccess)access });
        if (isTaken)
        {
            Assert.Equal("AssumeRole", dialect.Parse(request, []).Action.Name);
            return;
        }
        var error = Assert.Throws<ApiException>(() => dialect.Parse(request, [])).Error;
        Assert.Equal((299, StatusCodes.Status200OK), (UprojectCodes.Of(error), dialect.StatusOf(error)));
        Assert.Contains("https", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/uproject", "", null, null, true)]
    [InlineData("/uproject/", "Action=x&Version=2011-06-15", null, null, true)]
    [InlineData("/uproject/x", "PublicKey=x", null, null, false)]
    [InlineData("/Uproject", "PublicKey=x", null, null, false)]
    [InlineData("/", "Action=x&PublicKey=x", null, null, true)]
    [InlineData("/", "Signature=x", null, null, true)]
    [InlineData("/", "Signature", null, null, true)]
    [InlineData("/", "", "application/x-www-form-urlencoded", "Action=AssumeRole&RoleUrn=x", true)]
    [InlineData("/", "Action=x", "application/x-www-form-urlencoded", "PublicKey=x", true)]
    [InlineData("/", "", "application/json", "{}", true)]
    [InlineData("/", "", "text/plain", "PublicKey=x", false)]
    [InlineData("/", "", "application/x-www-form-urlencoded", "XPublicKey=x&PublicKeyX=y", false)]
    [InlineData("/", "X-Amz-Signature=x", null, null, false)]
    [InlineData("/", "X-Amz-Algorithm=x&PublicKey=x", null, null, false)]
    [InlineData("/", "Version=2011-06-15&PublicKey=x", null, null, false)]
    [InlineData("/", "Action=AssumeRole&RoleArn=x", null, null, false)]
    [InlineData("/", "", null, null, false)]
    [InlineData("/other", "PublicKey=x", null, null, false)]
    public void A_request_is_known_by_what_it_carries(string path, string query, string? contentType, string? body, bool isOurs)
    {
        var request = Request(path, query, contentType);
        Assert.Equal(isOurs, Dialect(new UprojectOptions()).Speaks(request, Encoding.UTF8.GetBytes(body ?? "")));
        Assert.False(Dialect(new UprojectOptions { Access = UprojectAccess.Off }).Speaks(request, Encoding.UTF8.GetBytes(body ?? "")));
        request.Headers.Authorization = "AWS4-HMAC-SHA256 x";
        Assert.Equal(path.StartsWith("/uproject", StringComparison.Ordinal) && isOurs, Dialect(new UprojectOptions()).Speaks(request, Encoding.UTF8.GetBytes(body ?? "")));
    }

    [Theory]
    [InlineData("", "application/x-www-form-urlencoded", "", true)]
    [InlineData("", "application/x-www-form-urlencoded", "Action=x&Version=2011-06-15", false)]
    [InlineData("Version=2011-06-15", "application/x-www-form-urlencoded", "", false)]
    [InlineData("X-Amz-Signature=x", "application/x-www-form-urlencoded", "", false)]
    public void The_time_that_official_clients_put_into_a_header_marks_their_requests(string query, string contentType, string body, bool isOurs)
    {
        var request = Request("/", query, contentType);
        request.Headers["U-Timestamp-Ms"] = "1795361857000";
        Assert.Equal(isOurs, Dialect(new UprojectOptions()).Speaks(request, Encoding.UTF8.GetBytes(body)));
    }

    [Theory]
    [InlineData("/", "Action=x", "application/x-www-form-urlencoded", true)]
    [InlineData("/", "", "text/plain", false)]
    [InlineData("/other", "", "application/x-www-form-urlencoded", false)]
    [InlineData("/", "Version=2011-06-15", "application/x-www-form-urlencoded", false)]
    [InlineData("/", "X-Amz-Algorithm=x", "application/x-www-form-urlencoded", false)]
    public void A_body_is_looked_at_only_where_it_alone_can_tell(string path, string query, string contentType, bool isLookedAt)
    {
        var request = Request(path, query, contentType);
        Assert.Equal(isLookedAt, Dialect(new UprojectOptions()).MaySpeak(request));
        Assert.False(Dialect(new UprojectOptions { Access = UprojectAccess.Off }).MaySpeak(request));
        request.Headers.Authorization = "AWS4-HMAC-SHA256 x";
        Assert.False(Dialect(new UprojectOptions()).MaySpeak(request));
    }

    [Theory]
    [InlineData("--uproject", "off", "Off /uproject")]
    [InlineData("--uproject", "on", "On /uproject")]
    [InlineData("--uproject", "tls", "Tls /uproject")]
    [InlineData("--uproject-path", "/api/ucloud", "Tls /api/ucloud")]
    [InlineData("--uproject", "yes", null)]
    [InlineData("--uproject-path", "uproject", null)]
    [InlineData("--uproject-path", "/", null)]
    [InlineData("--uproject-path", "/a//b", null)]
    [InlineData("--uproject-path", "/a/", null)]
    [InlineData("--uproject-path", "/health", null)]
    public void The_settings_take_what_they_say(string option, string value, string? expected)
    {
        if (expected is null)
            Assert.Throws<StartException>(() => OptionsReader.Read([option, value]));
        else
            Assert.Equal(expected, OptionsReader.Read([option, value]).Uproject is var read ? $"{read.Access} {read.Path}" : "");
    }

    [Theory]
    [InlineData("A", "A")]
    [InlineData("PolicyURNs.0", "PolicyURNs.member.1")]
    [InlineData("A.11.Sub.3", "A.member.12.Sub.member.4")]
    [InlineData("A.Sub", "A.Sub")]
    public void Names_of_the_dialect_go_to_the_form_that_actions_read_and_back(string wire, string member)
    {
        var parameters = UprojectParameters.Of(Signing.UprojectRequest.TryRead($"{wire}=x&Empty=", null, [], out _)!);
        Assert.Equal("x", parameters.Raw(member));
        Assert.Null(parameters.Raw("Empty"));
        Assert.Equal(wire, UprojectParameters.ToWire(member));
    }

    [Theory]
    [InlineData("A.00")]
    [InlineData("A.01")]
    [InlineData("A.1x")]
    [InlineData("A.99999")]
    [InlineData("A.member.1")]
    [InlineData("A.0.member")]
    public void A_name_that_could_be_another_ones_is_refused(string wire) =>
        Assert.Throws<ApiException>(() => UprojectParameters.Of(Signing.UprojectRequest.TryRead($"{wire}=x", null, [], out _)!));

    private static Uproject Dialect(UprojectOptions options) => new(Catalog, options, PolicySyntax.Uproject);

    private static HttpRequest Request(string path, string query, string? contentType = null, string scheme = "https", string? source = "192.0.2.7")
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = source is null ? null : IPAddress.Parse(source);
        context.Request.Method = "POST";
        context.Request.Scheme = scheme;
        context.Request.Path = path;
        context.Request.QueryString = new QueryString(query.Length == 0 ? "" : "?" + query);
        context.Request.ContentType = contentType;
        return context.Request;
    }
}
