namespace Daypass.Compat.Tests.Harness;

/// <summary>
/// A client of others that the tests drive, under a short name that tests print. The generation that <c>./test</c> installs is required:
/// without it tests are skipped, and on CI they fail. A second, other generation found on the PATH is driven too, and nobody misses it.
/// </summary>
public static class Tool
{
    public const string AwsCli = "aws";
    public const string Boto3 = "boto3";
    public const string Node = "node";

    /// <summary>OpenLDAP's server.</summary>
    public const string Slapd = "slapd";

    /// <summary>Reads QR codes.</summary>
    public const string Zbar = "zbarimg";

    /// <summary>A browser, driven by playwright-core, which Node has with the rest.</summary>
    public const string Chromium = "chromium";

    /// <summary>A whole SAML identity provider, and PHP to run it.</summary>
    public const string SimpleSaml = "simplesamlphp";

    /// <summary>Signs, verifies and encrypts XML.</summary>
    public const string XmlSec = "xmlsec1";

    /// <summary>What stands for the generation that <c>./test</c> installs, and for the one on the PATH.</summary>
    private const string Installed = "installed";
    private const string OnPath = "on PATH";

    private static readonly Dictionary<string, Dictionary<string, string>> Found = new()
    {
        [AwsCli] = Generations("/usr/bin/aws", () => SearchPath.Real("aws"), File.Exists),
        [Boto3] = Generations("/usr/bin/python3", () => SearchPath.RealPython, SearchPath.HasBoto3),
        [Slapd] = Generations("/usr/sbin/slapd", () => null, File.Exists),
        [Zbar] = Generations("/usr/bin/zbarimg", () => null, File.Exists),
        [Chromium] = Generations("/usr/bin/chromium", () => null, _ => Directory.Exists(Path.Combine(ScriptFolder("node"), "node_modules/playwright-core"))),
        [SimpleSaml] = Generations("/usr/bin/php", () => null, _ => Directory.Exists("/usr/share/simplesamlphp/www") && HasPhpXml),
        [XmlSec] = Generations("/usr/bin/xmlsec1", () => null, File.Exists),
        [Node] = Generations(SearchPath.Find("node") ?? "node", () => null, _ => Directory.Exists(Path.Combine(ScriptFolder("node"), "node_modules"))),
    };

    // Debian only recommends it, and nothing works without.
    private static bool HasPhpXml => Directory.EnumerateFiles("/etc/php", "*dom.ini", SearchOption.AllDirectories).Any();

    private static bool IsCi => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>The generations to drive, by name. Never empty: the required one is listed when it is missing too.</summary>
    public static IEnumerable<string> GenerationsOf(string tool) =>
        !Found[tool].ContainsKey(Installed) && (IsCi || Found[tool].Count == 0) ? Found[tool].Keys.Prepend(Installed) : Found[tool].Keys;

    /// <summary>Why a test that needs this cannot run here; null when it can, and on CI, where it must.</summary>
    public static string? ReasonToSkip(string tool) => IsCi || Found[tool].Count > 0 ? null : $"{tool} is not here with what the tests need of it; ./test installs that when it may.";

    /// <summary>The program of a generation.</summary>
    public static string Program(string tool, string generation) =>
        Found[tool].TryGetValue(generation, out var program) ? program : throw new InvalidOperationException($"{tool} ({generation}) is required and is not installed.");

    /// <summary>Where the scripts of a language are, in the checkout.</summary>
    public static string ScriptFolder(string language) => Path.Combine(Testing.Checkout.Root, "tests/Daypass.Compat.Tests", language);

    private static Dictionary<string, string> Generations(string installed, Func<string?> onPath, Func<string, bool> works)
    {
        var found = new Dictionary<string, string>();
        if (File.Exists(installed) && works(installed))
            found[Installed] = installed;
        if (onPath() is { } other && File.Exists(other) && other != installed && works(other))
            found[OnPath] = other;
        return found;
    }
}
