using System.Text.Json;
using ParalegalBot.Tuning.Formats;
using ParalegalBot.Tuning.Training.Data;
using ParalegalBot.Tuning.Training.Layers;
using ParalegalBot.Tuning.Training.Optimization;

namespace ParalegalBot.Tuning.Training.Runs;

/// <summary>All that a training needs to go on bit by bit: what is learnt, what Adam remembers of it, and where the data stand.</summary>
internal static class Checkpoint
{
    private const string Learnt = "learnt.safetensors", Means = "means.safetensors", Squares = "squares.safetensors", State = "state.json";

    public static void Write(string path, IReadOnlyList<Parameter> learnt, AdamW adam, Packing packing) => WholeFile.WriteFolder(path, folder =>
    {
        SafetensorsFile.Write(Path.Combine(folder, Learnt), [.. learnt.Select(ModelFolder.Tensor)]);
        SafetensorsFile.Write(Path.Combine(folder, Means), [.. adam.States.Select(state => ModelFolder.Tensor(state.Parameter) with { Values = state.Mean })]);
        SafetensorsFile.Write(Path.Combine(folder, Squares), [.. adam.States.Select(state => ModelFolder.Tensor(state.Parameter) with { Values = state.Square })]);
        WholeFile.Write(Path.Combine(folder, State), JsonSerializer.Serialize(new Place(adam.Steps, packing.Epoch, packing.Position)));
    });

    public static void Read(string path, IReadOnlyList<Parameter> learnt, AdamW adam, Packing packing)
    {
        using var weights = SafetensorsFile.Open(Path.Combine(path, Learnt));
        using var means = SafetensorsFile.Open(Path.Combine(path, Means));
        using var squares = SafetensorsFile.Open(Path.Combine(path, Squares));
        foreach (var parameter in learnt) weights.Read(parameter.Name, parameter.Value.Values);
        foreach (var state in adam.States)
        {
            means.Read(state.Parameter.Name, state.Mean.Values);
            squares.Read(state.Parameter.Name, state.Square.Values);
        }
        var place = JsonSerializer.Deserialize<Place>(File.ReadAllText(Path.Combine(path, State)))!;
        adam.Steps = place.Step;
        packing.GoTo(place.Epoch, place.Position);
    }

    private sealed record Place(int Step, int Epoch, int Position);
}
