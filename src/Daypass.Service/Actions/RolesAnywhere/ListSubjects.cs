using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>Those whom the certificates name that came for sessions of the account's roles.</summary>
internal sealed class ListSubjects : ApiAction<AnywherePage, AnywhereList>
{
    /// <summary>The most of a page, whatever is asked for: each of them may bring several certificates.</summary>
    private const int MostAtOnce = 100;

    public override RestRoute Route { get; } = new("GET", "/subjects", "nextToken", "pageSize");

    public override AnywherePage Read(Parameters wire) => AnywherePage.Read(wire);

    public override Question Ask(AnywherePage request, Scene scene) => Question.Of(new Permission("rolesanywhere:ListSubjects", "*", scene.Home.Account));

    public override SightingQuery? SightingsOf(AnywherePage request, Scene scene) => new(scene.Home.Account) { After = request.After ?? "", Most = SizeOf(request) + 1 };

    public override Outcome<AnywhereList> Run(AnywherePage request, Scene scene)
    {
        var (subjects, states) = (scene.Sightings.GroupBy(sighting => sighting.Subject, StringComparer.Ordinal).ToList(), new CertificateStates(scene));
        var page = subjects.Take(SizeOf(request));
        return new(new AnywhereList("subjects", [.. page.Select(subject => new SubjectShape([.. subject], states, IsDetailed: false))], subjects.Count > SizeOf(request) ? page.Last().Key : null));
    }

    private static int SizeOf(AnywherePage request) => Math.Min(request.Size, MostAtOnce);
}
