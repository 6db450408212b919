using System.Globalization;
using Daypass.Names;

namespace Daypass.Trails;

/// <summary>Whose trail it is and where its files belong: everything that their names are made of (CloudTrail User Guide, "CloudTrail log file names").</summary>
/// <param name="Account">The account whose trail it is.</param>
/// <param name="Region">The region that the files stand under, such as <c>us-east-1</c>; it is the trail's home region, too.</param>
/// <param name="Trail">The trail's name.</param>
/// <param name="Bucket">The bucket that the digests name as their place; part of what is signed.</param>
public sealed record TrailPlace(AccountId Account, string Region, string Trail, string Bucket)
{
    private const int SuffixLength = 16;

    /// <summary>The trail's ARN.</summary>
    public string Arn => $"arn:aws:cloudtrail:{Region}:{Account}:trail/{Trail}";

    /// <summary>The folder of the digests, without a slash at its end.</summary>
    public string DigestFolder => $"AWSLogs/{Account}/CloudTrail-Digest/{Region}";

    /// <summary>The folder of the log files, without a slash at its end.</summary>
    public string LogFolder => $"AWSLogs/{Account}/CloudTrail/{Region}";

    /// <summary>The object key of the digest that ends at a moment (UTC, whole seconds).</summary>
    public string DigestKey(DateTimeOffset end) =>
        $"{DigestFolder}/{Day(end)}/{Account}_CloudTrail-Digest_{Region}_{Trail}_{Region}_{end.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.json.gz";

    /// <summary>
    /// The object key of a log file. What CloudTrail draws by chance at its end is the beginning of the content's hash here: so one content
    /// has one name, and to export it again changes nothing.
    /// </summary>
    /// <param name="end">When the digest ends that lists it.</param>
    /// <param name="hash">SHA-256 of the content before compression, 64 hexadecimal digits.</param>
    public string LogFileKey(DateTimeOffset end, string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return $"{LogFolder}/{Day(end)}/{Account}_CloudTrail_{Region}_{end.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}_{hash[..SuffixLength].ToUpperInvariant()}.json.gz";
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture);
}
