using System.Net;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Server.Tests.Wire;

/// <summary>Point 5 of the story at Daypass itself: a session ends when policy time says so, and the trail knows who came too late.</summary>
public sealed class ClockTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_session_that_is_over_is_refused_and_recorded_under_the_name_of_who_used_it()
    {
        var admin = fixture.Server.Administrator;
        var session = admin.With((await admin.StsAsync("GetSessionToken", ("DurationSeconds", "900"))).Result.GetProperty("Credentials"));
        Assert.Equal(HttpStatusCode.OK, (await session.StsAsync("GetCallerIdentity")).Status);

        await admin.DaypassAsync("AdvanceClock", ("Seconds", "870"));
        Assert.Equal(HttpStatusCode.OK, (await session.StsAsync("GetCallerIdentity")).Status);
        await admin.DaypassAsync("AdvanceClock", ("Seconds", "35"));
        var refused = await session.StsAsync("GetCallerIdentity");

        Assert.Equal((HttpStatusCode.Forbidden, "ExpiredToken"), (refused.Status, refused.ErrorCode));
        Assert.Equal("The security token included in the request is expired", refused.ErrorMessage);
        var trail = await admin.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
            JsonSerializer.Serialize(new { LookupAttributes = new[] { new { AttributeKey = "AccessKeyId", AttributeValue = session.AccessKeyId } } }));
        var newest = JsonDocument.Parse(JsonDocument.Parse(trail.Body).RootElement.GetProperty("Events")[0].GetProperty("CloudTrailEvent").GetString()!).RootElement;
        Assert.Equal("ExpiredToken", newest.GetProperty("errorCode").GetString());
        Assert.Equal("admin", newest.GetProperty("userIdentity").GetProperty("userName").GetString());
    }
}
