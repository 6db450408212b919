using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Tests.Audit;

/// <summary>Who is refused first when the room runs out.</summary>
public sealed class AuditRoomTests
{
    private const long Megabyte = 1 << 20;
    private static readonly ActionCatalog Catalog = new();

    [Theory]
    [InlineData(600, 0.1, "Enough")]
    [InlineData(512, 0.1, "Enough")]
    [InlineData(511, 0.1, "NotForStrangers")]
    [InlineData(256, 0.1, "NotForStrangers")]
    [InlineData(255, 0.1, "OnlyToManage")]
    [InlineData(32, 0.1, "OnlyToManage")]
    [InlineData(31, 0.1, "None")]
    [InlineData(0, 0.0, "None")]
    [InlineData(600, 0.5, "NotForStrangers")]
    [InlineData(600, 0.75, "OnlyToManage")]
    [InlineData(600, 1.0, "None")]
    [InlineData(255, 0.5, "OnlyToManage")]
    public void Disk_and_journal_each_have_their_thresholds_and_the_worse_one_counts(long free, double full, string left) =>
        Assert.Equal(left, Room(free, full).Left.ToString());

    [Theory]
    [InlineData("AssumeRole", 255, false)]
    [InlineData("GetSessionToken", 255, false)]
    [InlineData("GetCallerIdentity", 255, false)]
    [InlineData("AcquireLeases", 255, false)]
    [InlineData("ReportEvents", 255, false)]
    [InlineData("RevokeSessions", 255, true)]
    [InlineData("DeleteAccessKey", 255, true)]
    [InlineData("PutRolePolicy", 255, true)]
    [InlineData("ListAccessKeys", 255, true)]
    [InlineData("LookupEvents", 255, true)]
    [InlineData("AssumeRole", 256, true)]
    [InlineData("DeleteAccessKey", 31, false)]
    public void Issuing_ends_before_managing_does(string action, long free, bool isAdmitted)
    {
        var api = Catalog.All.Single(api => api.Name == action);
        var refused = Record.Exception(() => Room(free, 0).Admit(api));
        Assert.Equal(isAdmitted, refused is null);
        Assert.True(refused is null or JournalUnavailableException);
    }

    [Fact]
    public void Without_a_reserve_the_disk_is_not_looked_at() =>
        Assert.Equal(Service.Audit.Room.Enough, new AuditRoom("/", new AuditJournalOptions { MeasureDisk = _ => 0 }, () => 0).Left);

    [Fact]
    public void The_disk_that_is_measured_is_the_folders_own() => Assert.InRange(AuditRoom.Measure(Path.GetTempPath()), 1, long.MaxValue - 1);

    private static AuditRoom Room(long freeMegabytes, double full) =>
        new("/", new AuditJournalOptions { ReserveBytes = 256 * Megabyte, MeasureDisk = _ => freeMegabytes * Megabyte }, () => full);
}
