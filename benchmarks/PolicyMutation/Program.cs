// dotnet run -c Release --project benchmarks/PolicyMutation [-- PART [OF]]: changes one comparison, branch or default of the policy evaluator at a time
// and runs the tests of policies against it. Prints the changes that no test noticed. Takes a quarter of an hour; not part of ./test.
using System.Diagnostics;
using Daypass.PolicyMutation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

Environment.SetEnvironmentVariable("DAYPASS_POLICY_PAIRS", "40000");
Environment.SetEnvironmentVariable("DAYPASS_FUZZ_SECONDS", "0.3");
var root = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(root, "Daypass.slnx")))
    root = Path.GetDirectoryName(root)!;
var tests = Path.Combine(root, "tests/Daypass.Core.Tests/bin/Release/net10.0/Daypass.Core.Tests.dll");

if (args is ["work", var from, var part, var of])
{
    Worker(int.Parse(from), int.Parse(part), int.Parse(of));
    return;
}

// A change may make a loop endless, so the work is done by another process, which is replaced when it says nothing for a while.
var (next, survivors, killed, total) = (0, new List<string>(), 0, int.MaxValue);
while (next < total)
{
    using var worker = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["work", $"{next}", args.ElementAtOrDefault(0) ?? "0", args.ElementAtOrDefault(1) ?? "1"]) { RedirectStandardOutput = true })!;
    while (true)
    {
        var line = worker.StandardOutput.ReadLineAsync();
        if (!line.Wait(TimeSpan.FromSeconds(60)))
        {
            worker.Kill();
            Console.WriteLine($"killed by time\t{next++}");
            killed++;
            break;
        }
        if (line.Result is not { } said)
        {
            if (total == int.MaxValue)
                return;
            // A stack overflow ends the process: that is noticed too.
            if (next < total)
                Console.WriteLine($"killed by the end of the process\t{next++}");
            break;
        }
        var words = said.Split('\t');
        if (words[0] == "total")
            total = int.Parse(words[1]);
        else
            next = int.Parse(words[1]) + 1;
        if (words[0] == "survived")
            survivors.Add(words[2]);
        killed += words[0] == "killed" ? 1 : 0;
        if (words[0] is "survived" or "total" or "broken")
            Console.WriteLine(said);
    }
}
Console.WriteLine($"{killed} changes noticed, {survivors.Count} not:");
survivors.ForEach(Console.WriteLine);

void Worker(int start, int part, int of)
{
    var core = Path.Combine(root, "src", "Daypass.Core");
    var options = new CSharpParseOptions(LanguageVersion.Preview);
    var generated = Directory.GetFiles(Path.Combine(core, "obj", "Release", "net10.0"), "*.cs");
    var files = Directory.GetFiles(core, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/") && !file.Contains("/bin/")).Concat(generated).Order(StringComparer.Ordinal).ToList();
    var trees = files.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file)), options, file)).ToList();
    var references = AppDomain.CurrentDomain.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!.ToString()!.Split(':').Where(path => path.Contains("Microsoft.NETCore.App")).Select(path => MetadataReference.CreateFromFile(path));
    var compilation = CSharpCompilation.Create("Daypass.Core", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

    // Tests of time, memory and files mean nothing here, and of the properties all are those of the plain evaluator too.
    var apart = new HashSet<string>(StringComparer.Ordinal) { "Fuzzing.No_text_breaks_the_reader_or_the_evaluator", "Fuzzing.No_text_of_the_second_syntax_breaks_the_reader_or_the_evaluator", "ChoicesPage.The_page_lists_every_choice_as_the_code_makes_it", "HostileInputs.A_damaged_policy_is_read_or_refused_but_never_breaks_the_reader", "RequestContexts.Deciding_allocates_nothing", "CostsOfDecisions.Ten_policies_of_ten_statements_are_decided_without_allocating" };
    // What source generators write does not depend on the changes, so they run once.
    var generators = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "generators"), "System.Text.*.dll").SelectMany(file => new AnalyzerFileReference(file, new Loader()).GetGenerators(LanguageNames.CSharp));
    CSharpGeneratorDriver.Create(generators, parseOptions: options).RunGeneratorsAndUpdateCompilation(compilation, out var complete, out _);
    compilation = (CSharpCompilation)complete;
    foreach (var diagnostic in compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5))
        Console.Error.WriteLine(diagnostic);
    if (new Promises(tests, Emit(compilation)!).FirstFailure(apart) is { } failing)
        throw new InvalidOperationException($"Without any change {failing} fails.");

    var changes = trees.Where(tree => IsOfEvaluator(tree.FilePath)).SelectMany(tree => Mutations.Of(tree.GetRoot()).Select(change => (tree, change))).Where((_, i) => i % of == part).ToList();
    Console.WriteLine($"total\t{changes.Count}");
    for (var i = start; i < changes.Count; i++)
    {
        var (tree, (old, changed)) = changes[i];
        var line = tree.GetLineSpan(old.Span).StartLinePosition.Line + 1;
        var what = $"{Path.GetRelativePath(core, tree.FilePath)}:{line} {Short(old)} -> {Short(changed)}";
        var mutated = tree.WithRootAndOptions(tree.GetRoot().ReplaceNode(old, changed), options);
        if (Emit(compilation.ReplaceSyntaxTree(tree, mutated)) is not { } bytes)
            Console.WriteLine($"broken\t{i}\t{what}");
        else if (new Promises(tests, bytes).FirstFailure(apart) is { } test)
            Console.WriteLine($"killed\t{i}\t{what}\t{test}");
        else
            Console.WriteLine($"survived\t{i}\t{what}");
    }
}

// What decides, and what turns one syntax into the other: a slip there changes decisions too.
static bool IsOfEvaluator(string file) =>
    file.EndsWith("/Urn.cs", StringComparison.Ordinal) || file.EndsWith("/UrnTranslation.cs", StringComparison.Ordinal)
    || (file.Contains("/Policies/") && !new[] { "/Parsing/", "/Validation/", "/Comparing/", "/Explain", "/Trace", "/Decision.cs" }.Any(file.Contains));

static byte[]? Emit(CSharpCompilation compilation)
{
    using var stream = new MemoryStream();
    return compilation.Emit(stream).Success ? stream.ToArray() : null;
}

static string Short(SyntaxNode node)
{
    var text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    return text.Length > 110 ? text[..110] + "..." : text;
}

internal sealed class Loader : IAnalyzerAssemblyLoader
{
    public void AddDependencyLocation(string fullPath)
    {
    }

    public System.Reflection.Assembly LoadFromPath(string fullPath) => System.Reflection.Assembly.LoadFrom(fullPath);
}
