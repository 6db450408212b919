using Daypass.Signing;
using static Daypass.Signing.SigningErrorCode;

namespace Daypass.Core.Tests.Signing;

public sealed class SigV4WindowTests
{
    private static readonly DateTimeOffset Now = SignedRequest.Now;

    [Theory]
    [InlineData(-900, true)]
    [InlineData(900, true)]
    [InlineData(-901, false)]
    [InlineData(901, false)]
    public void The_window_is_fifteen_minutes_to_either_side_edges_included(int seconds, bool accepted) =>
        Assert.Equal(accepted, SignedRequest.Good().Check(Now.AddSeconds(seconds)) is null);

    [Fact]
    public void Fractions_of_a_second_do_not_count() => Assert.Null(SignedRequest.Good().Check(Now.AddSeconds(900).AddTicks(9_999_999)));

    [Fact]
    public void The_window_is_a_setting() =>
        Assert.Equal("Signature expired: 20261122T023000Z is now earlier than 20261122T023001Z (20261122T023501Z - 5 min.)",
            SignedRequest.Good().Check(Now.AddSeconds(301), SignedRequest.Rules with { Skew = TimeSpan.FromMinutes(5) })?.Message);

    [Fact]
    public void STS_lets_a_presigned_URL_of_a_minute_live_for_fifteen()
    {
        Assert.Null(SignedRequest.Presigned().Check(Now.AddMinutes(15)));
        Assert.Equal(SignatureDoesNotMatch, SignedRequest.Presigned(TimeSpan.FromDays(7)).Check(Now.AddMinutes(15).AddSeconds(1))?.Code);
    }

    [Theory]
    [InlineData(60, 60, null)]
    [InlineData(60, 61, AccessDenied)]
    [InlineData(604_800, 604_800, null)]
    [InlineData(604_800, 604_801, AccessDenied)]
    [InlineData(60, -900, null)]
    [InlineData(60, -901, SignatureDoesNotMatch)]
    public void Where_lifetimes_count_a_presigned_URL_lives_as_long_as_it_says(int lifetime, int after, SigningErrorCode? refusal) =>
        Assert.Equal(refusal, SignedRequest.Presigned(TimeSpan.FromSeconds(lifetime)).Check(Now.AddSeconds(after), SignedRequest.Rules with { HonoursExpires = true })?.Code);

    [Fact]
    public void Where_lifetimes_count_a_presigned_URL_must_have_one() =>
        Assert.Equal(AuthorizationQueryParametersError,
            SignedRequest.Presigned().InTarget("&X-Amz-Expires=60", "").Check(rules: SignedRequest.Rules with { HonoursExpires = true })?.Code);

    [Fact]
    public void Where_lifetimes_count_a_signed_header_still_has_the_window() =>
        Assert.Equal(SignatureDoesNotMatch, SignedRequest.Good().Check(Now.AddSeconds(901), SignedRequest.Rules with { HonoursExpires = true })?.Code);

    [Theory]
    [InlineData("00010101T000000Z")]
    [InlineData("99991231T235959Z")]
    public void Times_at_the_ends_of_the_calendar_are_refused_and_overflow_nothing(string time)
    {
        var url = SignedRequest.Presigned().InTarget("20261122T023000Z", time);
        Assert.NotNull(url.Check());
        Assert.NotNull(url.Check(rules: SignedRequest.Rules with { HonoursExpires = true }));
    }

    [Theory]
    [InlineData("us-east-1", true)]
    [InlineData("anywhere_2", true)]
    [InlineData("", false)]
    [InlineData("us east", false)]
    [InlineData("us-\u00E9ast", false)]
    [InlineData("x234567890123456789012345678901234567890123456789012345678901234", false)]
    public void Without_a_region_of_its_own_a_service_takes_any_well_formed_one(string region, bool accepted) =>
        Assert.Equal(accepted, SignedRequest.Good(region: region).Check(rules: SignedRequest.Rules with { Region = null }) is null);

    [Theory]
    [InlineData("X-Amz-Date", "2026-11-22T02:30:00Z")]
    [InlineData("Date", "20261122T023000Z")]
    [InlineData("Date", "2026-11-22T02:30:00Z")]
    public void The_time_may_be_in_Date_and_in_extended_form_but_is_signed_in_basic_form(string header, string value)
    {
        // Signed by hand: the header's line has the value as sent, the string to sign has the basic form.
        var canonical = $"GET\n/\n\n{(header == "Date" ? $"date:{value}\nhost:sts.example.com\n\ndate;host" : $"host:sts.example.com\nx-amz-date:{value}\n\nhost;x-amz-date")}\n{SigV4Chunks.EmptyPayloadHash}";
        var names = header == "Date" ? "date;host" : "host;x-amz-date";
        var hash = SigV4.PayloadHash(System.Text.Encoding.UTF8.GetBytes(canonical));
        var key = SigV4.SigningKey(SignedRequest.Secret, "20261122", "us-east-1", "sts");
        var signature = SigV4.Sign(key, $"AWS4-HMAC-SHA256\n20261122T023000Z\n20261122/us-east-1/sts/aws4_request\n{hash}");
        var headers = new HeaderBag([new("Host", "sts.example.com"), new(header, value),
            new("Authorization", $"AWS4-HMAC-SHA256 Credential={SignedRequest.KeyId}/20261122/us-east-1/sts/aws4_request, SignedHeaders={names}, Signature={signature}")]);
        Assert.Null(new SignedRequest("GET", "/", headers, "").Check());
    }
}
