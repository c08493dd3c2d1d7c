namespace ParalegalBot.Inference;
