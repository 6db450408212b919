using Daypass.Service.Audit;
using Daypass.Service.Audit.Digests;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Server.Setup;

/// <summary>What seals the trails, put together.</summary>
internal sealed record TrailSeals(ITrailArchive Archive, SealingJob Job)
{
    public static TrailSeals Make(ServerOptions options, IStore store, DirectoryCache directories, SigningKeys signing, TrailReader reader, IEntropy entropy, TimeProvider time)
    {
        var settings = new TrailSettings { Interval = TimeSpan.FromMinutes(options.DigestInterval), Bucket = options.TrailBucket, Region = options.Region ?? Regions.Default, RetentionDays = options.TrailRetention };
        var keys = new TrailKeys(signing, () => directories.Installation.ClockOffset);
        var sealer = new TrailSealer(store.Digests, keys, settings, () => time.GetUtcNow() + directories.Installation.ClockOffset);
        return new TrailSeals(
            new TrailArchive(store.Digests, sealer, reader.WaitForAllAsync, new TrailFacts(settings, () => keys.All)),
            new SealingJob(store, sealer, directories, settings, entropy, time));
    }
}
