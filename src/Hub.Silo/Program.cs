Console.WriteLine("OmniHub");
