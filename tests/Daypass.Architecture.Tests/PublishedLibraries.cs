using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace Daypass.Architecture.Tests;

/// <summary>What a stranger gets who takes the packages and nothing else.</summary>
public sealed class PublishedLibraries : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-packages-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Daypass.Core", "Daypass.Policies.PolicyEvaluator")]
    [InlineData("Daypass.AspNetCore", "Microsoft.Extensions.DependencyInjection")]
    public void A_package_brings_its_documentation(string name, string documented)
    {
        using var package = ZipFile.OpenRead(Pack(name));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.dll"));
        using var documentation = package.GetEntry($"lib/net10.0/{name}.xml")!.Open();
        Assert.Contains(XDocument.Load(documentation).Descendants("member"), member => member.Attribute("name")!.Value.Contains(documented, StringComparison.Ordinal));
    }

    [Fact]
    public void The_core_needs_no_other_package()
    {
        using var package = ZipFile.OpenRead(Pack("Daypass.Core"));
        using var manifest = package.GetEntry("Daypass.Core.nuspec")!.Open();
        Assert.DoesNotContain(XDocument.Load(manifest).Descendants(), element => element.Name.LocalName == "dependency");
        Assert.NotNull(package.GetEntry("README.md"));
    }

    [Fact]
    public void A_strangers_project_asks_questions_with_the_package_alone()
    {
        Pack("Daypass.Core");
        var project = Directory.CreateDirectory(Path.Combine(_folder, "stranger")).FullName;
        File.Copy(Path.Combine(Repository.Root, "samples", "PolicyQuestions", "Program.cs"), Path.Combine(project, "Program.cs"));
        File.WriteAllText(Path.Combine(project, "Stranger.csproj"), Project);
        File.WriteAllText(Path.Combine(project, "nuget.config"), $"""<configuration><packageSources><clear /><add key="here" value="{_folder}" /></packageSources></configuration>""");

        // A package cache of its own: what an earlier run packed under the same version must not be what is tested.
        var answer = Dotnet(project, "run", "-c", "Release", "--property:RestorePackagesPath=" + Path.Combine(_folder, "cache"));

        Assert.Contains("s3:PutObject on arn:aws:s3:::team/bob/plan.txt: allowed", answer, StringComparison.Ordinal);
        Assert.Contains("s3:PutObject on arn:aws:s3:::team/alice/plan.txt: denied because no identity-based policy allows the s3:PutObject action", answer, StringComparison.Ordinal);
        Assert.Contains("The edit allows more: s3:", answer, StringComparison.Ordinal);
    }

    private string Project => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Daypass.Core" Version="{VersionOf("Daypass.Core")}" />
          </ItemGroup>
        </Project>
        """;

    private string VersionOf(string name) => Path.GetFileNameWithoutExtension(Directory.GetFiles(_folder, name + ".*.nupkg").Single())[(name.Length + 1)..];

    // As built already: the tests reference both.
    private string Pack(string name)
    {
        Dotnet(Repository.Root, "pack", Path.Combine("src", name), "-c", "Release", "--no-build", "-o", _folder);
        return Directory.GetFiles(_folder, name + ".*.nupkg").Single();
    }

    private static string Dotnet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
