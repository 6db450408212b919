using Daypass.AspNetCore.Tests.Support;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Tests;

/// <summary>A service whose protection cannot work does not start.</summary>
public sealed class SettingsAreChecked
{
    [Theory]
    [InlineData("no endpoint", "Endpoint must be set")]
    [InlineData("plain http elsewhere", "must use https")]
    [InlineData("plain http for the second", "must use https")]
    [InlineData("no credentials", "Credentials must be set")]
    [InlineData("no service", "Service and Region")]
    [InlineData("no leases", "MaxLeases")]
    [InlineData("no room for events", "Events.MaxPending")]
    [InlineData("batches above the protocol's", "BatchSize")]
    [InlineData("batches that never leave", "BatchInterval")]
    public async Task A_setting_that_cannot_be_right_is_named(string what, string message)
    {
        await using var node = await FakeNode.StartAsync();
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => ProtectedService.StartAsync(node, configure: options => Break(options, what)));
        Assert.Contains(message, failure.Message);
    }

    [Fact]
    public void Credentials_of_a_file_are_read_again_when_it_changes()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "# comment\n[other]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = o\n\n[default]\naws_access_key_id=AKIAFIRST\naws_secret_access_key = a=b\naws_session_token = t\n");
        var credentials = DaypassCredentials.FromFile(file);
        Assert.Equal(new("AKIAFIRST", "a=b", "t"), credentials.Current());
        Assert.Equal(new("AKIAOTHER", "o", null), DaypassCredentials.FromFile(file, "other").Current());
        File.WriteAllText(file, "[default]\naws_access_key_id = AKIASECOND\naws_secret_access_key = c\n");
        File.SetLastWriteTimeUtc(file, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(new("AKIASECOND", "c", null), credentials.Current());
        Assert.Throws<FormatException>(() => DaypassCredentials.FromFile(file, "missing"));
        File.Delete(file);
    }

    private static void Break(DaypassOptions options, string what)
    {
        switch (what)
        {
            case "no endpoint":
                options.Endpoint = null;
                break;
            case "plain http elsewhere":
                options.Endpoint = new Uri("http://daypass.example.com");
                break;
            case "plain http for the second":
                options.OtherEndpoints.Add(new Uri("http://daypass.example.com"));
                break;
            case "no credentials":
                options.Credentials = null;
                break;
            case "no service":
                options.Service = "";
                break;
            case "no room for events":
                options.Events.MaxPending = 0;
                break;
            case "batches above the protocol's":
                options.Events.BatchSize = 1001;
                break;
            case "batches that never leave":
                options.Events.BatchInterval = TimeSpan.Zero;
                break;
            default:
                options.MaxLeases = 0;
                break;
        }
    }
}
